import { expect, test } from 'vitest'
import { pacedProgress } from '#app/export/paced-progress.ts'

test('a snapshot tells how far it is twice a second, however fast it goes', async () => {
  let now = 0
  const told: number[] = []
  const noteDone = pacedProgress(
    async (prompts) => {
      told.push(prompts)
    },
    () => now,
  )
  for (let prompt = 0; prompt < 2_000; prompt++) {
    await noteDone()
    now += 1
  }
  expect(told).toEqual([200, 800, 1_400, 2_000])
})

test('a slow snapshot tells after each two hundred prompts', async () => {
  let now = 0
  const told: number[] = []
  const noteDone = pacedProgress(
    async (prompts) => {
      told.push(prompts)
    },
    () => now,
  )
  for (let prompt = 0; prompt < 600; prompt++) {
    await noteDone()
    now += 10
  }
  expect(told).toEqual([200, 400, 600])
})
