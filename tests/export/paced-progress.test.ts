import { expect, test } from 'vitest'
import { pacedProgress } from '#app/export/paced-progress.ts'

/** What is told of prompts that take so many milliseconds each. */
async function toldOf(prompts: number, msAPrompt: number): Promise<number[]> {
  let now = 0
  const told: number[] = []
  const tell = async (done: number) => {
    told.push(done)
  }
  const noteDone = pacedProgress(tell, () => now)
  for (let prompt = 0; prompt < prompts; prompt++) {
    await noteDone()
    now += msAPrompt
  }
  return told
}

test('a snapshot tells how far it is twice a second, however fast it goes', async () => {
  expect(await toldOf(2_000, 1)).toEqual([200, 800, 1_400, 2_000])
})

test('a slow snapshot tells after each two hundred prompts', async () => {
  expect(await toldOf(600, 10)).toEqual([200, 400, 600])
})
