import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openDb } from '#db/open.ts'

async function opened() {
  const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-test-'))
  const file = path.join(folder, 'log.db')
  const server = openDb({ url: file })
  const jobs = openDb({ url: file, durability: 'normal' })
  onTestFinished(async () => {
    await server.close()
    await jobs.close()
    await rm(folder, { recursive: true })
  })
  await sql`create table note (body text not null)`.execute(server.write)
  const write = async (megabytes: number) => {
    const body = 'x'.repeat(2 ** 20)
    for (let one = 0; one < megabytes; one++) {
      await sql`insert into note (body) values (${body})`.execute(server.write)
    }
  }
  const logBytes = () => statSync(`${file}-wal`).size
  return { jobs, write, logBytes }
}

test('people who save do not wait while the log is written into the file', async () => {
  const { write, logBytes } = await opened()
  await write(12)
  expect(logBytes()).toBeGreaterThan(12 * 2 ** 20)
})

test('the job process writes the log into the file, and the log begins anew', async () => {
  const { jobs, write, logBytes } = await opened()
  await write(12)
  const before = logBytes()
  await jobs.checkpoint()
  await write(10)
  expect(logBytes()).toBe(before)
})

test('the log is written once a transaction under way has ended', async () => {
  const { jobs, write, logBytes } = await opened()
  await write(12)
  const before = logBytes()
  let checkpoint = Promise.resolve()
  await jobs.write.transaction().execute(async (trx) => {
    await sql`insert into note (body) values ('begun')`.execute(trx)
    checkpoint = jobs.checkpoint()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await sql`insert into note (body) values ('ended')`.execute(trx)
  })
  await checkpoint
  await write(10)
  expect(logBytes()).toBeLessThan(before + 2 ** 20)
})

test('without a job process the log stays within bounds', async () => {
  const { write, logBytes } = await opened()
  await write(200)
  expect(logBytes()).toBeLessThan(80 * 2 ** 20)
})
