/** The command line, as scripts call it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, describe, expect, it } from 'vitest'
import { promptLines } from '#tests/support/project.ts'

const root = path.resolve(import.meta.dirname, '..')
const folder = mkdtempSync(path.join(tmpdir(), 'rubrica-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => path.join(folder, name)

function rubrica(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/rubrica.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      RUBRICA_DATA: at('data'),
      DATABASE_URL: at('rubrica.db'),
    },
  })
  return { status, stdout, stderr, json: () => JSON.parse(stdout) }
}

const verdicts = Array.from({ length: 12 }, (_, place) =>
  JSON.stringify({
    prompt_id: `p${place % 6}`,
    model_a: 'x',
    model_b: 'y',
    winner: place % 4 === 0 ? 'b' : 'a',
    rater: place < 6 ? 'w1' : 'w2',
    campaign: 'crowd',
  }),
)

describe('The command line', () => {
  writeFileSync(at('logs.jsonl'), `${promptLines(6, ['x', 'y'])}${verdicts.join('\n')}\n`)

  it('rehearses without keeping anything', () => {
    const { status, json } = rubrica('import', at('logs.jsonl'), '--project', 'Mine', '--dry-run')
    expect(status).toBe(0)
    expect(json()).toMatchObject({
      created: { prompts: 6, responses: 12, judgments: 12 },
      dry_run: true,
    })
  })

  it('imports, prints JSON alone to standard output, and makes the project', () => {
    const { status, json } = rubrica('import', at('logs.jsonl'), '--project', 'Mine')
    expect(status).toBe(0)
    expect(json()).toMatchObject({
      created: { prompts: 6, responses: 12, judgments: 12 },
      merged: 0,
      unchanged: 0,
      refused: 0,
      refusals: [],
      refused_file: null,
    })
    const again = rubrica('import', at('logs.jsonl'), '--project', 'Mine')
    expect(again.json()).toMatchObject({ created: { prompts: 0, judgments: 0 }, unchanged: 18 })
  })

  it('ends with 1 when records were refused, and says where they are', () => {
    writeFileSync(at('bad.jsonl'), '{"prompt":"Q?","model":"m","content":"c"}\nbroken\n')
    const { status, json } = rubrica('import', at('bad.jsonl'), '--project', 'Other')
    expect(status).toBe(1)
    const told = json()
    expect(told).toMatchObject({ created: { prompts: 1 }, refused: 1 })
    expect(told.refusals[0]).toMatchObject({ file: 'bad.jsonl', line: 2 })
    expect(readFileSync(told.refused_file, 'utf8')).toBe('broken\n')
  })

  it('answers the gate by its exit code, and says why', () => {
    const pair = ['--project', 'Mine', '--candidate', 'x', '--baseline', 'y']
    const open = rubrica('gate', ...pair)
    expect(open.status).toBe(2)
    expect(open.stderr).toContain('Not enough evidence. The candidate wins 75.0 %')
    const told = rubrica('gate', ...pair, '--json', '--campaign', 'crowd')
    expect(told.json()).toMatchObject({ verdict: 'not enough evidence', wins: 9, prompts: 6 })
    const lines = Array.from({ length: 15 }, (_, place) =>
      JSON.stringify({
        prompt_id: `p${place % 15}`,
        model_a: 'x',
        model_b: 'y',
        winner: 'a',
        rater: 'w3',
        campaign: 'more',
      }),
    )
    writeFileSync(at('more.jsonl'), `${promptLines(15, ['x', 'y'])}${lines.join('\n')}\n`)
    rubrica('import', at('more.jsonl'), '--project', 'Gated')
    const gated = ['--project', 'Gated', '--candidate', 'x', '--baseline', 'y']
    expect(rubrica('gate', ...gated).status).toBe(0)
    expect(rubrica('gate', ...gated, '--min-win-rate', '0.9').status).toBe(2)
    const turned = ['--project', 'Gated', '--candidate', 'y', '--baseline', 'x']
    expect(rubrica('gate', ...turned).status).toBe(1)
    for (const [args, words] of [
      [[...gated.slice(0, 4), '--baseline', 'q'], 'no model "q"'],
      [[...gated, '--confidence', '2'], '--confidence'],
      [['--project', 'Nowhere', ...gated.slice(2)], 'no project "Nowhere"'],
      [[...gated, '--nonsense'], 'nonsense'],
    ] as const) {
      const { status, stderr } = rubrica('gate', ...args)
      expect(status, stderr).toBe(3)
      expect(stderr).toContain(words)
    }
  })

  it('prints standings and agreement', () => {
    const scope = ['--project', 'Mine', '--campaign', 'crowd']
    const standings = rubrica('standings', ...scope, '--json').json()
    expect(standings.models.map((row: { model: string }) => row.model)).toEqual(['x', 'y'])
    expect(standings.models[0]).toMatchObject({ wins: 9, losses: 3, win_rate: 0.75, judgments: 12 })
    expect(standings.pairs).toMatchObject([{ a: 'x', b: 'y', wins_a: 9, wins_b: 3 }])
    expect(standings.method).toMatchObject({ ties: 'half', both_bad: 'half', sources: ['human'] })
    const { criteria } = rubrica('agreement', ...scope, '--json').json()
    expect(criteria).toMatchObject([
      { criterion: 'preference', level: 'nominal', units: 6, raters: 2 },
    ])
    expect(rubrica('standings', ...scope).stdout).toBe('')
    const styled = rubrica('standings', ...scope, '--control', 'style', '--json').json()
    expect(styled.styles.map((effect: { style: string }) => effect.style)).toEqual([
      'length',
      'headers',
      'lists',
      'bold',
    ])
    expect(rubrica('standings', ...scope, '--control', 'style').stderr).toContain(
      'The responses do not differ in headers.',
    )
  })

  it('exports a folder', () => {
    const args = ['--project', 'Mine', '--campaign', 'crowd', '--target', 'trl-preference']
    const { status, json } = rubrica('export', ...args, '--out', at('out'))
    expect(status).toBe(0)
    expect(existsSync(at('out/preference/train.jsonl'))).toBe(true)
    expect(json().files[0].rows).toBeGreaterThan(0)
    writeFileSync(at('mine.txt'), 'my own')
    const refused = rubrica('export', ...args, '--out', folder)
    expect(refused.status).toBe(2)
    expect(readFileSync(at('mine.txt'), 'utf8')).toBe('my own')
  })

  it('ends with 2 and words for people, never a stack trace', () => {
    const calls = [
      ['nonsense'],
      ['import', at('nowhere.jsonl'), '--project', 'Mine'],
      ['import', at('logs.jsonl')],
      ['standings', '--project', 'Mine', '--campaign', 'none'],
      ['standings', '--project', 'Nobody', '--campaign', 'none'],
      ['export', '--project', 'Mine', '--campaign', 'crowd', '--target', 'pdf', '--out', at('x')],
      ['import', at('logs.jsonl'), '--project', 'Mine', '--map', at('logs.jsonl')],
      ['standings', '--unknown'],
    ]
    for (const call of calls) {
      const { status, stdout, stderr } = rubrica(...call)
      expect(status, call.join(' ')).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(stderr.length).toBeGreaterThan(10)
    }
  })
})
