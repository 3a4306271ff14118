/** The pages of figures say in Portuguese what they say in English: the same numbers, and no more. */
import { describe, expect, it } from 'vitest'
import { findingTitle } from '#app/import/finding-titles.ts'
import { findingKinds } from '#app/import/prepare/finding-kinds.ts'
import { agreement } from '#app/measure/agreement.ts'
import { driftReport } from '#app/measure/drift.ts'
import { driftHeadline, stepSentence } from '#app/measure/drift-finding.ts'
import { findingOf, lengthSentence, sideSentence, styleSentence } from '#app/measure/finding.ts'
import { gateSentence } from '#app/measure/gate.ts'
import { agreementSentence, leanings, savingSentence } from '#app/measure/judge-finding.ts'
import { judgeReport } from '#app/measure/judge-report.ts'
import { addJudgeVote, emptyJudgeTally, type JudgeVote } from '#app/measure/judge-tally.ts'
import { defaultOptions } from '#app/measure/method.ts'
import { textFindingIn } from '#app/measure/overview-words.ts'
import { raterAnswerIn } from '#app/measure/rater-answer-words.ts'
import { figureColumns, writtenFigure, writtenRest } from '#app/measure/rater-columns.ts'
import { ratersResult } from '#app/measure/rater-figures.ts'
import { signalKinds, testsOf } from '#app/measure/rater-signals.ts'
import { addPrompt, emptyRatersTally, type SeenTask } from '#app/measure/rater-tally.ts'
import { styleNames } from '#app/measure/response-style.ts'
import { keptSignalIn } from '#app/measure/signal-words.ts'
import { standings } from '#app/measure/standings.ts'
import { storedSayIn, storedWordsEn } from '#app/measure/stored-words.ts'
import { emptyTally, type PairTally, type Unit } from '#app/measure/tally.ts'
import { figuresOf } from '#app/ui/languages.ts'

/** Every number in a sentence, whichever marks it is written with. */
const numbersIn = (sentence: string): string[] =>
  (sentence.match(/\d[\d.,]*\d|\d/g) ?? []).map((number) =>
    number.replaceAll(/[.,](?=\d{3}(?!\d))/g, '').replace(',', '.'),
  )

/** The Portuguese says the same numbers with the decimal comma, and “not separated” where English does. */
function expectSame(english: string, portuguese: string): void {
  expect(portuguese).not.toBe(english)
  expect(numbersIn(portuguese).sort()).toEqual(numbersIn(english).sort())
  expect(portuguese).not.toMatch(/\d\.\d{1,2}(?!\d)/)
  expect(/\bnão separados\b/.test(portuguese)).toBe(/\bnot (yet )?separated\b/.test(english))
}

const pair = (change: Partial<PairTally>): PairTally => ({
  criterionId: 'c',
  promptId: '0',
  modelA: 'A',
  modelB: 'B',
  winsA: 0,
  winsB: 0,
  ties: 0,
  bothBad: 0,
  cantJudge: 0,
  ...change,
})

const models = ['A', 'B', 'C'].map((id, color) => ({ id, label: id, color }))
const measured = (pairs: PairTally[]) =>
  standings({
    pairs,
    scores: [],
    criterionNames: new Map(),
    models,
    options: defaultOptions,
    counts: {
      prompts: new Set(pairs.map(({ promptId }) => promptId)).size,
      raters: 3,
      judgments: pairs.length,
    },
  })

/** C loses most; A beats B on so many of ten prompts. */
const contest = (winsOfTen: number, prompts: number) =>
  Array.from({ length: prompts }, (_, place) => {
    const isWon = place % 10 < winsOfTen
    return [
      pair({ promptId: String(place), winsA: isWon ? 3 : 1, winsB: isWon ? 0 : 2 }),
      pair({ promptId: String(place), modelB: 'C', winsA: 3, winsB: place % 5 === 0 ? 1 : 0 }),
      pair({
        promptId: String(place),
        modelA: 'B',
        modelB: 'C',
        winsA: 3,
        winsB: place % 5 === 1 ? 1 : 0,
      }),
    ]
  }).flat()

describe('Standings in Portuguese', () => {
  it.each([
    ['a best model', measured(contest(10, 40)), 'A é melhor que todos os outros modelos.'],
    ['a shared top', measured(contest(4, 40)), 'A e B dividem o topo: continuam não separados.'],
    ['nothing', measured([]), 'Ainda não se comparou nada.'],
  ])('say of %s what English says', (_, result, headline) => {
    const english = findingOf(result)
    const portuguese = findingOf(result, 'pt')
    expect(portuguese.headline).toBe(headline)
    expect(Object.keys(portuguese)).toEqual(Object.keys(english))
    expectSame(english.headline, portuguese.headline)
    if (english.detail) expectSame(english.detail, portuguese.detail ?? '')
  })

  it('write the figures of the leader, Portuguese with the decimal comma', () => {
    const result = measured(contest(4, 40))
    const [first] = result.models
    const [share, low, high] = [first?.win_rate, first?.win_rate_low, first?.win_rate_high].map(
      (value) => (100 * (value ?? Number.NaN)).toFixed(1),
    )
    const english = `${share} % of its comparisons (95 % interval ${low}–${high} %, clustered by prompt; `
    expect(findingOf(result).detail).toContain(english)
    const portuguese = `${share} % das suas comparações (intervalo de 95 %: ${low}–${high} %, agrupado por prompt; `
    expect(findingOf(result, 'pt').detail).toContain(portuguese.replaceAll('.', ','))
  })

  it('say what length is worth only where English does', () => {
    for (const effect of [
      { value: 0.4, low: 0.1, high: 0.7, p_value: 0.01 },
      { value: -0.4, low: -0.7, high: -0.1, p_value: 0.01 },
      { value: 0.1, low: -0.1, high: 0.3, p_value: 0.3 },
    ]) {
      expectSame(lengthSentence(effect), lengthSentence(effect, 'pt'))
    }
    expect(lengthSentence({ value: -0.4, low: -0.7, high: -0.1, p_value: 0.01 }, 'pt')).toContain(
      'mais curtas',
    )
  })

  it('say what each style is worth only where English does', () => {
    for (const style of styleNames) {
      for (const effect of [
        { style, value: 0.4, low: 0.1, high: 0.7, p_value: 0.01 },
        { style, value: -0.4, low: -0.7, high: -0.1, p_value: 0.01 },
        { style, value: 0.1, low: -0.1, high: 0.3, p_value: 0.3 },
        { style, value: 0, low: null, high: null, p_value: null },
        { style, value: 0.4, low: null, high: null, p_value: null },
      ]) {
        const [english, portuguese] = [styleSentence(effect), styleSentence(effect, 'pt')]
        expectSame(english, portuguese)
        expect(portuguese.startsWith('Quem julga prefere')).toBe(
          english.startsWith('Judges prefer'),
        )
        expect(portuguese.startsWith('Não é certo')).toBe(english.startsWith('It is not sure'))
      }
    }
  })
})

/** The agreement of one question on which each prompt was judged so. */
function agreementOf(values: readonly (readonly (string | number)[])[]) {
  const tally = emptyTally()
  for (const [place, said] of values.entries()) {
    const unit: Unit = {
      criterionId: 'c',
      promptId: `p${place}`,
      values: [...said],
      raters: said.map((_, at) => `r${at}`),
    }
    tally.units.set(unit.promptId, unit)
  }
  const isScore = typeof values[0]?.[0] === 'number'
  const question = {
    id: 'c',
    name: 'Q',
    level: isScore ? 'interval' : 'nominal',
    answers: [],
  } as const
  const parts = { tagsOf: new Map(), raterNames: new Map() }
  return agreement(tally, [question], defaultOptions, parts)
}

/** Parts of sentences for which Portuguese has no words. */
const leftInEnglish = (kept: readonly string[]) =>
  kept
    .flatMap((sentence) => sentence.split('; '))
    .filter((part) => {
      const whole = kept.find((sentence) => sentence.includes(part)) ?? part
      return storedSayIn('pt')(part) === part && storedSayIn('pt')(whole).includes(part)
    })

/** Two versions with so many right answers of so many on each half of the prompts, one half tagged. */
function driftOf(before: readonly number[], after: readonly number[]) {
  const scores = [before, after].flatMap((said, place) =>
    said.map((sum, prompt) => ({
      criterionId: 'c',
      promptId: `p${prompt}`,
      modelId: `bot-v${place + 1}`,
      sum,
      count: 1,
    })),
  )
  return driftReport({
    scores,
    criterionNames: new Map([['c', 'accuracy']]),
    models: ['bot-v1', 'bot-v2'].map((name, color) => ({
      id: name,
      name,
      label: name,
      version: '',
      prompt_version: '',
      color,
    })),
    tagsOf: new Map(before.map((_, place) => [`p${place}`, place % 2 ? ['maths'] : []])),
    source: 'human',
    options: { confidence: 0.95, seed: 1 },
  })
}

const repeated = (count: number, pattern: readonly number[]) =>
  Array.from({ length: count }, (_, place) => pattern[place % pattern.length] ?? 0)

describe('Drift in Portuguese', () => {
  it.each([
    ['a fall', driftOf(repeated(80, [1]), repeated(80, [1, 0, 1, 1])), /^bot caiu de 100,0 % para/],
    ['a rise', driftOf(repeated(80, [3, 2]), repeated(80, [3, 4, 4])), /^bot subiu de 2,50 para/],
    [
      'nothing sure',
      driftOf(repeated(60, [1, 1, 0, 0]), repeated(60, [0, 1, 1, 0])),
      /^Nenhuma mudança/,
    ],
    ['one prompt', driftOf([1], [0]), /^Nenhuma mudança/],
    ['no variation', driftOf(repeated(9, [2]), repeated(9, [3])), /^Nenhuma mudança/],
  ])('says of %s what English says', (_, report, headline) => {
    expect(driftHeadline(report, 'pt')).toMatch(headline)
    expectSame(driftHeadline(report), driftHeadline(report, 'pt'))
    const steps = report.series.flatMap((series) => series.steps.map((step) => ({ series, step })))
    expect(steps.length).toBeGreaterThan(0)
    for (const { series, step } of steps) {
      const said = stepSentence(series, step, 'pt')
      expectSame(stepSentence(series, step), said)
      if (step.reason !== undefined) expect(said).not.toContain(step.reason)
    }
    const { order, difference, multiplicity, alarm, changes } = report.method
    expect(leftInEnglish([order, difference, multiplicity, alarm, changes])).toEqual([])
  })

  it('names the tag, the change in points and what it rests on', () => {
    const report = driftOf(repeated(80, [1]), repeated(80, [1, 0, 1, 1]))
    const said = report.series.flatMap((series) =>
      series.steps.map((step) => stepSentence(series, step, 'pt')),
    )
    expect(said.join(' ')).toContain(
      'bot caiu, nos prompts com a etiqueta “maths”, de 100,0 % (bot-v1) para 50,0 % (bot-v2) em accuracy: −50,0 pontos percentuais (intervalo de 95 %: ',
    )
    expect(said.join(' ')).toContain('40 prompts em comum).')
  })
})

/** A judge who says this where two people say that, prompt after prompt. */
function judgesOf(prompts: number, votesOn: (prompt: number) => Partial<JudgeVote>[]) {
  const tally = emptyJudgeTally()
  for (let prompt = 0; prompt < prompts; prompt++) {
    for (const said of votesOn(prompt)) {
      addJudgeVote(tally, {
        promptId: String(prompt).padStart(3, '0'),
        judge: null,
        winner: 'a',
        a: { modelId: 'gpt-4', characters: 400 },
        b: { modelId: 'llama-3', characters: 200 },
        first: null,
        ...said,
      })
    }
  }
  const models = ['gpt-4', 'llama-3'].map((id, color) => ({ id, label: id, color }))
  return judgeReport(tally, models)
}

const sides = (place: number) => (place % 2 ? 'a' : 'b')

const judgesSeen = {
  leaning: judgesOf(60, (place) => [
    { winner: sides(place) },
    { winner: sides(place) },
    { judge: 'gpt-4o', first: place % 7 ? 'a' : 'b', winner: place % 10 ? 'a' : 'b' },
  ]),
  'leaning the other way': judgesOf(60, (place) => [
    { winner: sides(place) },
    { winner: sides(place) },
    { judge: 'gpt-4o', first: place % 7 ? 'a' : 'b', winner: place % 10 ? 'b' : 'a' },
  ]),
  better: judgesOf(60, (place) => [
    { winner: sides(place) },
    { winner: sides(place + Number(place % 3 === 0)) },
    { judge: 'j', winner: sides(place) },
  ]),
  joined: judgesOf(300, (place) => [
    ...(place % 6 ? [] : [{ winner: place % 5 ? ('a' as const) : ('b' as const) }]),
    { judge: 'j', winner: place % 5 ? 'a' : 'b' },
  ]),
  apart: judgesOf(2, (place) => [place ? { judge: 'j' } : {}]),
  few: judgesOf(3, (place) => [{}, { judge: 'j', winner: sides(place) }]),
}

describe('Judges in Portuguese', () => {
  it.each(Object.entries(judgesSeen))('are said to be %s as in English', (_, report) => {
    for (const row of report.judges) {
      expectSame(agreementSentence(row), agreementSentence(row, 'pt'))
      const leans = leanings(row)
      expect(leanings(row, 'pt')).toHaveLength(leans.length)
      for (const [place, sentence] of leanings(row, 'pt').entries()) {
        expectSame(leans[place] ?? '', sentence)
      }
    }
    expectSame(savingSentence(report), savingSentence(report, 'pt'))
    const { agreement: first, kappa, combined, assumption } = report.method
    const reasons = report.judges.flatMap((row) =>
      [row.agreement, row.people_agreement, row.kappa, row.first, row.longer, row.own_family].map(
        ({ reason }) => reason,
      ),
    )
    const kept = [
      ...[first, kappa, combined, assumption],
      ...report.warnings,
      ...[...reasons, ...report.combined.map(({ reason }) => reason)].flatMap((one) => one ?? []),
    ]
    expect(leftInEnglish(kept)).toEqual([])
  })

  it('are named with their leanings and their worth', () => {
    const [row] = judgesSeen.leaning.judges
    expect(row && leanings(row, 'pt').join(' ')).toMatch(
      /Pende para a resposta mostrada primeiro: .* Prefere a resposta mais longa .*, por \d+,\d pontos percentuais \(intervalo de 95 %: .* Dá aos modelos da própria família notas melhores/,
    )
    expect(savingSentence(judgesSeen.joined, 'pt')).toMatch(/valem \d+ % a mais de pares julgados/)
  })
})

/** Raters of whom one is always for the left and fast, on pairs, gold tasks and repeats. */
function crowd(prompts: number, isPaired: boolean) {
  const tally = emptyRatersTally()
  for (let prompt = 0; prompt < prompts; prompt++) {
    const raters = isPaired || prompt % 2 ? ['ann', 'bob', 'cy', 'left'] : ['ann', 'bob', 'cy']
    const shown = (place: number) => ((prompt + place) % 3 ? [0, 1] : [1, 0])
    const said = (rater: string, place: number): SeenTask['judgments'][number] => ({
      raterId: rater,
      source: 'human',
      scores: [
        {
          criterionId: 'c',
          position: -1,
          answer: { kind: 'preference', winner: winnerOf(rater, { prompt, order: shown(place) }) },
        },
      ],
      shownOrder: shown(place),
      activeMs: rater === 'left' ? 300 : 60_000,
      judgedAt: 1_700_000_000_000 + prompt * 60_000,
    })
    const work: SeenTask = {
      id: `${prompt}`,
      purpose: 'work',
      repeatOf: null,
      expected: null,
      characters: 900,
      responses: [
        { id: `${prompt}-x`, characters: 500 },
        { id: `${prompt}-y`, characters: 300 },
      ],
      judgments: raters.map(said),
    }
    const wanted: SeenTask['expected'] = {
      scores: [{ criterionId: 'c', position: -1, answer: { kind: 'preference', winner: 'b' } }],
      explanation: '',
    }
    addPrompt(
      tally,
      [
        work,
        { ...work, id: `${prompt}-gold`, purpose: 'gold', expected: wanted },
        { ...work, id: `${prompt}-again`, purpose: 'repeat', repeatOf: `${prompt}` },
      ],
      { criterionId: 'c', goldTolerance: 0 },
    )
  }
  const none = { extra: 0, withdrawn: 0 }
  const counts = new Map([['left', { ...none, skips: [{ reason: '', count: 1_300 }] }]])
  return { tally, counts, ids: ['ann', 'bob', 'cy', 'left'] }
}

function winnerOf(rater: string, { prompt, order }: { prompt: number; order: number[] }) {
  if (rater === 'left') return prompt % 9 === 0 ? 'tie' : order[0] === 0 ? 'a' : 'b'
  return (prompt + rater.length) % 4 ? 'b' : 'tie'
}

describe('Raters in Portuguese', () => {
  const say = keptSignalIn('pt')

  it.each([
    ['on the same tasks', crowd(40, true)],
    ['on other tasks', crowd(40, false)],
  ])('have signals that say what English says, %s', (_, seen) => {
    const tests = testsOf(seen)
    expect(new Set(tests.map(({ kind }) => kind))).toEqual(new Set(signalKinds))
    for (const { words } of tests) {
      expectSame(words, say(words))
      expect(keptSignalIn('en')(words)).toBe(words)
    }
  })

  it('are said to lean to the first side, and to skip, with the numbers of the figures', () => {
    const told = testsOf(crowd(40, true))
      .filter(({ raterId }) => raterId === 'left')
      .map(({ words }) => say(words))
      .join(' ')
    expect(told).toMatch(
      /Decidiu pela resposta mostrada primeiro em \d+ de \d+ \(\d+ %, intervalo de 95 %: \d+ % a \d+ %\)/,
    )
    expect(told).toContain('Pulou 1.300 de 1.340')
  })

  it('have a word for every reason and every part of the method', () => {
    const kinds = ['pairwise', 'rubric', 'ranking'] as const
    const results = kinds.flatMap((kind) => [
      ratersResult({ ...crowd(40, true), question: null, kind }),
      ratersResult({ ...crowd(1, true), question: null, kind }),
      ratersResult({
        tally: emptyRatersTally(),
        counts: crowd(1, true).counts,
        question: null,
        kind,
      }),
    ])
    const reasons = results.flatMap(({ raters }) =>
      raters.flatMap(({ figures }) => Object.values(figures).flatMap(({ reason }) => reason ?? [])),
    )
    expect(new Set(reasons).size).toBeGreaterThan(10)
    expect(leftInEnglish([...new Set(reasons)])).toEqual([])
    const { judgments, intervals, consensus, length, fast, signals } = results[0]?.method ?? {}
    const method = [judgments, intervals, consensus, length, fast, signals]
    expect(method.filter((part) => part === undefined || storedSayIn('pt')(part) === part)).toEqual(
      [],
    )
  })

  it('have figures with the decimal comma', () => {
    const pace = figureColumns.find(({ id }) => id === 'pace')
    const figure = { value: 8.25, low: 7.5, high: 9, n: 1200 }
    expect(pace && writtenFigure(pace, figure, 'pt')).toBe('8,3')
    expect(pace && writtenRest(pace, figure, 'pt')).toBe('7,5–9,0 · n 1.200')
    expect(pace && writtenRest(pace, figure, 'en')).toBe('7.5–9.0 · n 1,200')
  })

  it('are answered in Portuguese where a lead acts on them', () => {
    const answer = raterAnswerIn('pt')
    expect(answer('Paused; 1 task in hand given back.')).toBe(
      'Em pausa; 1 tarefa em mãos devolvida.',
    )
    expect(answer('Withdrawing 1,234 judgments.')).toBe('Retirando 1.234 julgamentos.')
    expect(answer('It would concern 3 judgments now, not 2. Look again and confirm.')).toBe(
      'Agora seriam 3 julgamentos, não 2. Olhe de novo e confirme.',
    )
  })
})

describe('What is kept in English', () => {
  it('is said in Portuguese, with its numbers', () => {
    const say = storedSayIn('pt')
    expect(say('Only 4 prompts: the intervals are rough.')).toBe(
      'Apenas 4 prompts: os intervalos são imprecisos.',
    )
    expect(say('2 of 1234 models cannot be rated with the others; each row says why.')).toContain(
      '2 de 1.234 modelos',
    )
    expect(say('one prompt gives no interval; not measured')).toBe(
      'um só prompt não dá intervalo; não medido',
    )
    expect(say('of the user’s own')).toBe('of the user’s own')
    expect(storedSayIn('en')('not measured')).toBe('not measured')
  })

  it('has words for everything that standings warn of and explain', () => {
    const few = measured([pair({ winsA: 1 })])
    const kept = [
      ...few.method.warnings,
      ...few.models.flatMap(({ reason }) => reason ?? []),
      few.method.interval,
      few.method.win_rate,
      few.method.strength,
      few.method.rank,
    ]
    expect(few.method.warnings.length).toBeGreaterThan(1)
    expect(leftInEnglish(kept)).toEqual([])
  })

  it.each([
    ['no unit that two judged', []],
    ['one unit', [['a', 'b']]],
    ['no variation', Array.from({ length: 4 }, () => ['a', 'a'])],
    ['few prompts', [...'abab'].map((one) => [one, 'a'])],
    ['scores of some', [...'1212'].map((one, place) => (place ? [Number(one), 2] : [1, 2, 2]))],
    ['scores of all', [...'12121'].map((one) => [Number(one), 2])],
  ])('has words for everything that agreement says of %s', (_, values) => {
    const result = agreementOf(values)
    const { orientation, missing, interval } = result.method
    const kept = [orientation, missing, interval]
    for (const { reason, details } of result.criteria) {
      if (reason !== undefined) kept.push(reason)
      for (const { name, about, reason: note } of details.companions) {
        if (!name.startsWith('ICC')) kept.push(name)
        kept.push(about, ...(note === undefined ? [] : [note]))
      }
    }
    expect(leftInEnglish(kept)).toEqual([])
  })

  it('has words for every kind of finding in texts', () => {
    const titles = findingKinds.map(findingTitle)
    expect(titles.filter((title) => textFindingIn('pt')(title) === title)).toEqual([])
  })

  it('is never taken for another sentence', () => {
    const phrases = Object.values<string | { other: string }>(storedWordsEn).map((phrase) =>
      (typeof phrase === 'string' ? phrase : phrase.other).replaceAll(/\{\w+\}/g, '7'),
    )
    expect(new Set(phrases).size).toBe(phrases.length)
  })
})

describe('Numbers', () => {
  it('have the decimal mark of their language, and the same digits', () => {
    const [en, pt] = [figuresOf('en'), figuresOf('pt')]
    for (const value of [0, 0.005, 0.581, 0.9995, 1]) {
      expect(pt.share(value)).toBe(en.share(value).replace('.', ','))
      expect(pt.decimal(value, 3)).toBe(en.decimal(value, 3).replace('.', ','))
      expect(pt.signed(-value, 2)).toBe(en.signed(-value, 2).replace('.', ','))
    }
    expect(pt.share(0.581)).toBe('58,1 %')
    expect(pt.signed(-0.329, 1, 100)).toBe('−32,9')
    expect(pt.share(null)).toBe('–')
  })
})

describe('A leaning to a side', () => {
  it.each([
    [0.48, 0.41, 0.55, 'No leaning to a side', 'Não aparece preferência'],
    [0.62, 0.55, 0.69, 'lean to the response shown first', 'tendem à resposta mostrada primeiro'],
    [0.38, 0.31, 0.45, 'lean to the response shown second', 'mostrada em segundo'],
    [1, null, null, 'no interval yet', 'ainda não há intervalo'],
  ])('of %d is said only as far as it is sure', (first_rate, low, high, english, portuguese) => {
    const sides = { first_rate, low, high, p_value: null, wins: 1_204, prompts: 40 }
    expect(sideSentence(sides)).toContain(english)
    expect(sideSentence(sides, 'pt')).toContain(portuguese)
    expectSame(sideSentence(sides), sideSentence(sides, 'pt'))
  })
})

describe('Models that never met', () => {
  it('are named by their groups, in both languages', () => {
    const four = ['A', 'B', 'C', 'D'].map((id, color) => ({ id, label: id, color }))
    const { method, models: rows } = standings({
      pairs: [pair({ winsA: 2, winsB: 1 }), pair({ modelA: 'C', modelB: 'D', winsA: 1, winsB: 1 })],
      scores: [],
      criterionNames: new Map(),
      models: four,
      options: defaultOptions,
      counts: { prompts: 20, raters: 2, judgments: 5 },
    })
    const [warning = ''] = method.warnings
    expect(warning).toBe(
      'The models fall into 2 groups that never met each other: A, B | C, D. Have models of different groups compared.',
    )
    expect(storedSayIn('pt')(warning)).toBe(
      'Os modelos formam 2 grupos que nunca se enfrentaram: A, B | C, D. Peça comparações entre modelos de grupos diferentes.',
    )
    expect(rows.every(({ strength }) => strength === null)).toBe(true)
  })
})

describe('The gate', () => {
  const rule = { minWinRate: 0.5, confidence: 0.95 }
  const answer = {
    verdict: 'pass' as const,
    win_rate: 0.651,
    win_rate_low: 0.584,
    win_rate_high: 0.718,
    judgments: 600,
    prompts: 200,
    more_prompts: null,
  }
  it.each([
    answer,
    { ...answer, verdict: 'fail' as const, win_rate_high: 0.49 },
    { ...answer, verdict: 'not enough evidence' as const, more_prompts: 120 },
    { ...answer, verdict: 'not enough evidence' as const, win_rate_low: null },
  ])('gives the same numbers in both languages', (one) => {
    expectSame(gateSentence(one, rule), gateSentence(one, rule, 'pt'))
  })
})
