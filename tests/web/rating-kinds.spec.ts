/** Every kind of question in the rating room: by keyboard alone, and by touch on a narrow screen. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import type { Answer } from '#app/rate/judgment.ts'
import { scoresOf } from '#app/rate/judgments.server.ts'
import type { Db } from '#db/open.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '../support/project.ts'
import { enterRoom, isTooWide } from '../support/room.ts'
import {
  databaseOf,
  makeMember,
  removeServer,
  startServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let db: Db
const campaigns: Record<string, string> = {}

const anchored = (title: string) => ({
  title,
  definition: {
    kind: 'scale',
    points: ['none of it', 'half of it', 'all of it'].map((anchor, at) => ({
      value: at + 1,
      label: String(at + 1),
      anchor,
    })),
  },
})
const optional = { isRequired: false }
const spans = {
  ...optional,
  title: 'Mark mistakes',
  definition: { kind: 'spans', labels: ['Wrong', 'Vague'] },
}
const ideal = { ...optional, title: 'A better answer', definition: { kind: 'ideal' } }

test.describe.configure({ timeout: 240_000 })

test.beforeAll(async () => {
  server = await startServer()
  db = databaseOf(server)
  const project = await makeProject(db, 'Kinds')
  const target = {
    db,
    folder: server.dataDir,
    url: '',
    schema: undefined,
    remove: async () => {},
  }
  await importFiles(target, project.id, { 'a.jsonl': promptLines(8, ['a', 'b', 'c', 'd']) })
  const open = async (name: string, campaign: Record<string, unknown>) => {
    campaigns[name] = await openCampaign(db, project.id, { name, overlap: 3, ...campaign })
  }
  await open('pairs', {
    settings: { reasons: ['More correct', 'Clearer'] },
    criteria: [
      { title: 'Which response is better?', definition: { kind: 'preference', points: 7 } },
      { title: 'Which is safer?', definition: { kind: 'preference', points: 3 } },
      {
        title: 'Is the prompt clear?',
        definition: { kind: 'choice', options: ['Yes', 'No'], multiple: false },
      },
      spans,
      ideal,
    ],
  })
  await open('scores', {
    kind: 'rubric',
    criteria: [
      anchored('Groundedness'),
      anchored('Completeness'),
      {
        ...optional,
        title: 'What is wrong?',
        definition: { kind: 'choice', options: ['Facts', 'Form', 'Tone'], multiple: true },
      },
      { title: 'In one word', definition: { kind: 'text' } },
    ],
  })
  await open('order', {
    kind: 'ranking',
    criteria: [
      {
        title: 'Rank the responses',
        definition: { kind: 'ranking', ties: true, partial: false },
      },
      {
        ...optional,
        title: 'Would you send the best one?',
        definition: { kind: 'choice', options: ['Yes', 'No'], multiple: false },
      },
      { ...optional, title: 'Notes', definition: { kind: 'text' } },
      spans,
      ideal,
    ],
  })
  for (const name of ['keys', 'touch', 'dark', 'pt', 'settings']) {
    const email = `${name}@example.org`
    await makeMember(db, { projectId: project.id, email, roles: ['annotator'] })
  }
})
test.afterAll(async () => {
  await db.close()
  await removeServer(server)
})

const room = (who: string, campaign: string) => ({
  server,
  who,
  place: `/p/kinds/rate/${campaigns[campaign]}`,
})

/** The answers of the newest judgment of a campaign, by the title of their question. */
async function lastAnswers(campaign: string): Promise<Record<string, Answer>> {
  const judgment = await db.read
    .selectFrom('judgment')
    .select(['project_id', 'id'])
    .where('campaign_id', '=', campaigns[campaign] ?? '')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const criteria = await db.read.selectFrom('criterion').select(['id', 'title']).execute()
  const scores = await scoresOf(db.read, judgment.project_id, judgment.id)
  return Object.fromEntries(
    scores.map(({ criterionId, answer }) => [
      criteria.find(({ id }) => id === criterionId)?.title ?? '',
      answer,
    ]),
  )
}

const countOf = async (campaign: string) =>
  (
    await db.read
      .selectFrom('judgment')
      .select('id')
      .where('campaign_id', '=', campaigns[campaign] ?? '')
      .execute()
  ).length

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`))
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const alert = (page: Page) => page.getByRole('alert')

test('a pair with several questions, marks and an ideal response, by keyboard alone', async ({
  browser,
}) => {
  const page = await enterRoom({ browser, ...room('keys', 'pairs') })
  await press(page, 'Enter')
  await expect(alert(page)).toHaveText('“Which response is better?” has no answer yet.')
  await press(page, '2')
  const better = page.getByRole('radiogroup', { name: 'Which response is better?' })
  await expect(better.getByRole('radio', { name: 'A is better' })).toBeChecked()
  // The number went to the first question, and the next number goes to the next one.
  await press(page, '1')
  const safer = page.getByRole('radiogroup', { name: 'Which is safer?' })
  await expect(safer.getByRole('radio', { name: 'A is better' })).toBeChecked()
  await press(page, '2')
  await expect(page.getByRole('radio', { name: 'No', exact: true })).toBeChecked()

  // Reasons have keys of their own.
  await press(page, 'Shift+Digit2')
  await expect(page.getByRole('button', { name: 'Clearer' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await press(page, 'Shift+Digit2', 'Shift+Digit1')
  await expect(page.getByRole('button', { name: 'Clearer' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )

  await press(page, 'm')
  const text = page.getByRole('textbox', { name: 'Response A, text to mark' })
  await expect(text).toBeFocused()
  const plain = await text.innerText()
  await press(page, 'ArrowRight', 'ArrowRight', 'Shift+ArrowRight', '2')
  await expect(page.getByRole('list', { name: 'Marked text' }).getByRole('listitem')).toHaveCount(1)
  await press(page, ']')
  await expect(page.getByRole('textbox', { name: 'Response B, text to mark' })).toBeFocused()
  await press(page, 'ArrowRight', '1', 'ArrowRight', '2')
  const list = page.getByRole('list', { name: 'Marked text' })
  await expect(list.getByRole('listitem')).toHaveCount(3)
  await list.getByRole('button', { name: /^Show/ }).last().focus()
  await press(page, 'Delete')
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await press(page, 'Escape')

  // A text that was only taken over is not an answer, and the page says so.
  await page.getByRole('button', { name: 'Start from B' }).focus()
  await press(page, 'Enter')
  await expect(page.getByText('Still the text of B, unchanged')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'A better answer' })).toBeFocused()
  await press(page, 'Escape', 'Enter')
  await expect.poll(() => countOf('pairs')).toBe(1)
  const first = await lastAnswers('pairs')
  expect(Object.keys(first)).toHaveLength(4)
  expect(first['Which response is better?']).toMatchObject({ kind: 'preference', strength: 2 })
  expect(first['Is the prompt clear?']).toEqual({ kind: 'choice', choice: 'No' })
  const words = plain.split(' ')
  const marked = first['Mark mistakes']
  expect(marked?.kind).toBe('spans')
  const spansGiven = marked?.kind === 'spans' ? marked.spans : []
  const inA = spansGiven.find(({ label }) => label === 'Vague')
  expect(plain.slice(inA?.start, inA?.end)).toBe(`${words[1]} ${words[2]}`)

  await press(page, '1', '2', '1')
  await page.getByRole('button', { name: 'Start from A' }).focus()
  await press(page, 'Enter')
  await expect(page.getByRole('textbox', { name: 'A better answer' })).toBeFocused()
  await page.keyboard.type('Better: ')
  await expect(page.getByText('Your own text.')).toBeVisible()
  await press(page, 'Control+Enter')
  await expect.poll(() => countOf('pairs')).toBe(2)
  const second = await lastAnswers('pairs')
  expect(second['A better answer']).toMatchObject({ kind: 'ideal' })
  expect(second['Mark mistakes']).toBeUndefined()
  await page.context().close()
})

test('a rubric by keyboard: anchors in sight, nothing sent that nobody chose', async ({
  browser,
}) => {
  const page = await enterRoom({ browser, ...room('keys', 'scores') })
  const grounded = page.getByRole('radiogroup', { name: 'Groundedness' })
  for (const [at, meaning] of ['none of it', 'half of it', 'all of it'].entries()) {
    await expect(grounded.getByRole('radio').nth(at)).toHaveText(`${at + 1}${meaning}`)
  }
  // The questions stand beside the response, not in its place.
  const [asked, read] = await Promise.all([
    grounded.boundingBox(),
    page.getByRole('article').first().boundingBox(),
  ])
  expect(asked?.x ?? 0).toBeGreaterThan((read?.x ?? 0) + (read?.width ?? 0))
  await press(page, '2')
  await expect(grounded.getByRole('radio', { name: '2: half of it' })).toBeChecked()
  await press(page, 'Enter')
  await expect(alert(page)).toHaveText('“Completeness” has no answer yet.')
  expect(await countOf('scores')).toBe(0)
  await press(page, '3', '1', '3')
  await expect(page.getByRole('checkbox', { name: 'Facts' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Tone' })).toBeChecked()
  await press(page, 'Enter')
  await expect(page.getByRole('textbox', { name: 'In one word' })).toBeFocused()
  await page.keyboard.type('1 fine 2')
  await press(page, 'Escape', 'ArrowUp', 'ArrowUp', 'ArrowLeft', 'Enter')
  await expect.poll(() => countOf('scores')).toBe(1)
  expect(await lastAnswers('scores')).toEqual({
    Groundedness: { kind: 'scale', score: 2 },
    Completeness: { kind: 'scale', score: 2 },
    'What is wrong?': { kind: 'choices', choices: ['Facts', 'Tone'] },
    'In one word': { kind: 'text', text: '1 fine 2' },
  })
  await page.context().close()
})

test('a ranking by keyboard: untouched it is no answer, ranks tie and move', async ({
  browser,
}) => {
  const page = await enterRoom({ browser, ...room('keys', 'order') })
  await expect(
    page.getByRole('contentinfo').getByText('The order you see is not an answer.'),
  ).toBeVisible()
  await press(page, 'Enter')
  await expect(alert(page)).toHaveText('“Rank the responses” has no answer yet.')
  await page.getByRole('main').focus()
  // The letters of the responses choose them; a command on such a letter is reached with Shift.
  await press(page, 'c', '1', 'a', '2', 'b', '3')
  await expect(page.getByText('3 of 4 ranked.')).toBeVisible()
  await press(page, 'Enter')
  await expect(alert(page)).toContainText('3 of 4 are ranked')
  expect(await countOf('order')).toBe(0)
  await page.getByRole('main').focus()
  await press(page, 'd', '=', 'b', 'ArrowUp')
  await expect(page.getByText('All are ranked, best first.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'D: rank 4' })).toBeVisible()
  const ranks = page.getByRole('list', { name: 'Ranked, best first' })
  await expect(ranks).toHaveText(/1.*C.*2.*A.*3.*B.*4.*D/s)
  await press(page, 'd', '=', 'Shift+C')
  await page.keyboard.type('close')
  await press(page, 'Enter')
  await expect.poll(() => countOf('order')).toBe(1)
  const answers = await lastAnswers('order')
  expect(Object.keys(answers)).toEqual(['Rank the responses'])
  const given = answers['Rank the responses']
  expect(given?.kind === 'ranking' && given.ranking.map((level) => level.length)).toEqual([1, 1, 2])
  await page.context().close()
})

test('everything by touch on a narrow screen', async ({ browser }) => {
  const touch = { width: 390, height: 844, hasTouch: true }
  const page = await enterRoom({ browser, ...room('touch', 'pairs'), ...touch })
  const targets = async () =>
    page.locator('footer button:visible, header button:visible').evaluateAll((buttons) =>
      buttons
        .map((button) => ({ text: button.textContent, ...button.getBoundingClientRect().toJSON() }))
        .filter(({ width, height }) => height < 43.5 || width < 30)
        .map(({ text, width, height }) => `${text}: ${width}x${height}`),
    )
  expect(await isTooWide(page)).toBe(false)
  expect(await targets()).toEqual([])
  await page.getByRole('tab', { name: 'Response B' }).tap()
  await expect(page.getByRole('article', { name: 'Response B' })).toBeVisible()
  await page.getByRole('radio', { name: 'B is much better' }).tap()
  await page
    .getByRole('radiogroup', { name: 'Which is safer?' })
    .getByRole('radio', { name: 'About the same' })
    .tap()
  await page.getByRole('radio', { name: 'Yes' }).tap()
  await expect(page.getByRole('button', { name: 'Clearer' })).toBeHidden()
  await page.getByRole('button', { name: 'Reasons and comment' }).tap()
  await page.getByRole('button', { name: 'Clearer' }).tap()
  await page.getByRole('button', { name: 'Next question' }).tap()
  await page.getByRole('button', { name: 'Mark text' }).tap()
  await page.getByRole('textbox', { name: /text to mark/ }).evaluate((box) => {
    const text = box.querySelector('span')?.firstChild
    if (!text) throw new Error('no text')
    window.getSelection()?.setBaseAndExtent(text, 0, text, 1)
  })
  await page.getByRole('button', { name: 'Vague', exact: true }).tap()
  await expect(page.getByRole('list', { name: 'Marked text' }).getByRole('listitem')).toHaveCount(1)
  expect(await isTooWide(page)).toBe(false)
  expect(await targets()).toEqual([])
  expect(await violations(page)).toEqual([])
  await page.getByRole('textbox', { name: 'Comment' }).fill('by thumb')
  const before = await countOf('pairs')
  await page.getByRole('button', { name: 'Submit' }).tap()
  await expect.poll(() => countOf('pairs')).toBe(before + 1)
  expect(await lastAnswers('pairs')).toMatchObject({
    'Mark mistakes': { kind: 'spans', spans: [{ start: 0, end: 1, label: 'Vague' }] },
  })

  await page.goto(room('touch', 'scores').place)
  await expect(page.getByRole('article').first()).toBeVisible()
  // One question at a time; the next one comes after an answer, and by its arrow.
  await expect(page.getByRole('radiogroup')).toHaveCount(1)
  const last = page.getByRole('radiogroup', { name: 'Groundedness' }).getByRole('radio').last()
  await last.click({ trial: true })
  const box = await last.boundingBox()
  const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 10]
  await page.touchscreen.tap(x, y)
  // A finger that trembles: what came to the same place is another question, and stays open.
  await page.touchscreen.tap(x, y)
  await expect(page.getByRole('radiogroup', { name: 'Completeness' })).toBeVisible()
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await page.getByRole('radiogroup', { name: 'Completeness' }).getByRole('radio').first().tap()
  await page.getByRole('button', { name: 'Submit' }).tap()
  await expect(alert(page)).toHaveText('“In one word” has no answer yet.')
  await expect(page.getByRole('textbox', { name: 'In one word' })).toBeInViewport()
  await page.getByRole('button', { name: 'Question before' }).tap()
  await expect(page.getByRole('checkbox', { name: 'Facts' })).toBeVisible()
  await page.getByRole('button', { name: 'Next question' }).tap()
  await page.getByRole('textbox', { name: 'In one word' }).fill('terse')
  expect(await targets()).toEqual([])
  const scored = await countOf('scores')
  await page.getByRole('button', { name: 'Submit' }).tap()
  await expect.poll(() => countOf('scores')).toBe(scored + 1)

  await page.goto(room('touch', 'order').place)
  await expect(page.getByRole('article').first()).toBeVisible()
  await expect(
    page.getByRole('contentinfo').getByText('The order you see is not an answer.'),
  ).toBeVisible()
  expect(await isTooWide(page)).toBe(false)
  expect(await targets()).toEqual([])
  // What to rank is in sight, and nothing stands there that could not be used yet.
  await expect(page.getByRole('article').first().locator('p').first()).toBeInViewport()
  await expect(page.getByRole('button', { name: 'Take out' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Submit' }).tap()
  await page.getByRole('button', { name: 'Submit' }).tap()
  await expect(alert(page)).toHaveText('“Rank the responses” has no answer yet.')
  const chips = page.getByRole('button', { name: 'A: not ranked' })
  const [chip, send] = await Promise.all([
    chips.boundingBox(),
    page.getByRole('button', { name: 'Submit' }).boundingBox(),
  ])
  expect((chip?.y ?? 0) + (chip?.height ?? 0)).toBeLessThan(send?.y ?? 0)
  for (const [letter, rank] of ['D', 'C', 'B', 'A'].map((one, at) => [one, at + 1] as const)) {
    await page.getByRole('button', { name: `${letter}: not ranked` }).tap()
    await page.getByRole('button', { name: `Rank ${rank}`, exact: true }).tap()
  }
  await expect(page.getByText('All are ranked, best first.')).toBeVisible()
  expect(await violations(page)).toEqual([])
  const ordered = await countOf('order')
  await page.getByRole('button', { name: 'Submit' }).tap()
  await expect.poll(() => countOf('order')).toBe(ordered + 1)
  await page.context().close()
})

test('a ranking by drag, dropped between and onto others', async ({ browser }) => {
  const page = await enterRoom({ browser, ...room('dark', 'order'), colorScheme: 'dark' })
  const chip = (letter: string) => page.getByRole('button', { name: new RegExp(`^${letter}: `) })
  const ranked = page.getByRole('list', { name: 'Ranked, best first' })
  const drag = async (letter: string, to: { x: number; y: number }) => {
    const from = await chip(letter).boundingBox()
    if (!from) throw new Error('no letter')
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 8 })
    await page.mouse.up()
  }
  const endOf = async () => {
    const box = await ranked.boundingBox()
    if (!box) throw new Error('no list')
    return { x: box.x + box.width - 6, y: box.y + box.height / 2 }
  }
  for (const letter of ['A', 'B', 'C']) await drag(letter, await endOf())
  await expect(ranked).toHaveText(/1.*A.*2.*B.*3.*C/s)
  const first = await chip('A').boundingBox()
  await drag('C', { x: (first?.x ?? 0) - 24, y: (first?.y ?? 0) + 20 })
  await expect(ranked).toHaveText(/1.*C.*2.*A.*3.*B/s)
  const onto = await chip('A').boundingBox()
  await drag('D', { x: (onto?.x ?? 0) + 8, y: (onto?.y ?? 0) + 20 })
  await expect(chip('D')).toHaveAccessibleName('D: rank 2, tied')
  const out = await page.locator('[data-zone="unranked"]:visible').boundingBox()
  await drag('B', { x: (out?.x ?? 0) + 20, y: (out?.y ?? 0) + 20 })
  await expect(chip('B')).toHaveAccessibleName('B: not ranked')
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('light and dark, no rule of accessibility is broken, in marking and in every kind', async ({
  browser,
}) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const campaign of ['pairs', 'scores', 'order']) {
      const page = await enterRoom({ browser, ...room('dark', campaign), colorScheme })
      expect(await violations(page), `${campaign} ${colorScheme}`).toEqual([])
      if (campaign === 'pairs') {
        await press(page, 'm')
        await expect(page.getByRole('textbox', { name: /A, text to mark/ })).toBeFocused()
        await press(page, 'ArrowRight', '1', 'Shift+ArrowRight', '2', 'ArrowRight')
        expect(await violations(page), `marking ${colorScheme}`).toEqual([])
      }
      await page.context().close()
    }
  }
})

test('the whole room speaks Portuguese', async ({ browser }) => {
  const page = await enterRoom({ browser, ...room('pt', 'pairs'), locale: 'pt-BR' })
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR')
  await press(page, 'Enter')
  await expect(alert(page)).toHaveText('“Which response is better?” ainda está sem resposta.')
  await page.getByRole('radio', { name: 'B é um pouco melhor' }).click()
  await press(page, 's')
  const skip = page.getByRole('dialog', { name: 'Pular esta tarefa' })
  await skip.getByRole('button', { name: 'Não conheço o assunto' }).click()
  await expect(skip).toBeHidden()
  await press(page, '?')
  const keys = page.getByRole('dialog', { name: 'Teclas' })
  await expect(keys).toContainText('pular, com um motivo')
  expect(await violations(page)).toEqual([])
  await press(page, 'Escape')
  await press(page, '4', '2', '1')
  const before = await countOf('pairs')
  await page.getByRole('button', { name: 'Enviar' }).click()
  await expect.poll(() => countOf('pairs')).toBe(before + 1)
  // A reason that was offered is kept in one language, whatever the rater reads.
  const skipped = await db.read
    .selectFrom('assignment')
    .select('skip_reason')
    .where('status', '=', 'skipped')
    .executeTakeFirst()
  expect(skipped?.skip_reason).toBe('I lack the knowledge for this')
  await page.context().close()
})
