/**
 * Writes a small dataset for every target in every container, and has Python's `datasets` and TRL load
 * them: `npm run check:python`. Needs a Python with `datasets`; RUBRICA_PYTHON names it.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { policySchema } from '#app/export/policy.ts'
import { findRowTarget, type TargetName, targetNames } from '#app/export/targets/all.ts'
import type { Container } from '#app/export/targets/target.ts'
import { writeDataset } from '#app/export/write-dataset.server.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { judgedProject } from '#tests/support/exporting.ts'

const python = process.env.RUBRICA_PYTHON ?? 'python3'
const found = spawnSync(python, ['-c', 'import datasets; print(datasets.__version__)'])
if (found.status !== 0) {
  process.stderr.write(
    `"${python}" has no datasets. Make a place for it and name it:\n  python3 -m venv .python && .python/bin/pip install datasets trl\n  RUBRICA_PYTHON=.python/bin/python npm run check:python\n`,
  )
  process.exit(2)
}
process.stdout.write(`datasets ${found.stdout.toString().trim()}\n`)

const call = [
  {
    role: 'assistant',
    content: '',
    tool_calls: [
      { id: '1', type: 'function', function: { name: 'look_up', arguments: { at: 1 } } },
    ],
  },
  { role: 'tool', content: 'found', tool_call_id: '1' },
]

/** Prompts with and without system, turns, tools and line separators; ties; grades; orders. */
const lines = Array.from({ length: 60 }, (_, at) => [
  {
    id: `p${at}`,
    messages: [
      ...(at % 3 === 0 ? [{ role: 'system', content: 'Be brief.' }] : []),
      { role: 'user', content: `Question ${at}? \u2028 “ünïcode” 😀` },
    ],
    tags: [at % 2 ? 'maths' : 'prose'],
    responses: ['x', 'y', 'z'].map((model) => ({
      model,
      messages: [
        ...(at % 10 === 7 ? call : []),
        { role: 'assistant', content: `${model} on ${at}` },
      ],
    })),
  },
  ...[0, 1].map((rater) => ({
    prompt_id: `p${at}`,
    model_a: 'x',
    model_b: 'y',
    winner: at % 9 === 0 ? 'tie' : at % 2 ? 'a' : 'b',
    strength: at % 9 === 0 ? undefined : 1 + (at % 3),
    rater: `w${rater}`,
    campaign: 'pairs',
  })),
  {
    prompt_id: `p${at}`,
    model: 'z',
    criterion: 'help',
    score: at % 5,
    rater: 'w0',
    campaign: 'grades',
  },
]).flat()

const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-python-'))
const test = await openTestDatabase('sqlite')
try {
  const scope = await judgedProject(test, lines)
  const written: string[] = []
  for (const target of targetNames) {
    for (const container of containersOf(target)) {
      const out = path.join(folder, `${target}.${container}`)
      await writeDataset(test.db, {
        ...scope,
        projectName: 'Check',
        name: 'Check',
        target,
        container,
        policy: policySchema.parse({ ties: 'own file', splits: { test: 0.2, validation: 0.1 } }),
        folder: out,
      })
      written.push(out)
    }
  }
  const { status } = spawnSync(python, ['scripts/check_python.py', ...written], {
    stdio: 'inherit',
    env: { ...process.env, HF_HUB_OFFLINE: '1', HF_HOME: path.join(folder, 'cache') },
  })
  process.exitCode = status ?? 1
} finally {
  await test.remove()
  await rm(folder, { recursive: true, force: true })
}

/** CSV is for spreadsheets, and no reader of datasets is held to it. */
function containersOf(target: TargetName): Container[] {
  if (target === 'raw') return ['jsonl']
  return findRowTarget(target).containers.filter((container) => container !== 'csv')
}
