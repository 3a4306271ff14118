/**
 * Zod tries once whether it may compile functions. The page forbids that, and every try would be
 * reported as an attack; so it is told beforehand. Must be loaded before any schema is made.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
