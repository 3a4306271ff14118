/**
 * How the job process is started: with a small heap, so that an import takes as much memory at ten
 * million records as at ten thousand, and an export no more at a million rows. Left to itself, the
 * engine collects only when it must.
 */
export const workerFlags = [
  '--max-semi-space-size=4',
  '--max-old-space-size=384',
  '--heap-growing-percent=40',
]

/**
 * The C library gives each thread a store of memory of its own, which takes 20 MB where a dozen threads
 * read, hash and pack a little each: here they share one.
 */
export const workerEnvironment = { MALLOC_ARENA_MAX: '1' }
