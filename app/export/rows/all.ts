/** Every recipe by its name. */
import type { Recipe } from '../canonical-row.ts'
import type { MakeRows } from '../made-row.ts'
import { makeDemonstrationRows } from './demonstration-rows.ts'
import { makePreferenceRows } from './preference-rows.ts'
import { makePromptRows } from './prompt-rows.ts'
import { makeRankingRows } from './ranking-rows.ts'
import { makeScoreRows } from './score-rows.ts'
import { makeUnpairedRows } from './unpaired-rows.ts'

export const makeRows: Record<Recipe, MakeRows> = {
  preference: makePreferenceRows,
  unpaired: makeUnpairedRows,
  demonstration: makeDemonstrationRows,
  ranking: makeRankingRows,
  scores: makeScoreRows,
  prompt: makePromptRows,
}
