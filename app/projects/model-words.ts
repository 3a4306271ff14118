/** What the page of models says. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { problemsIn } from '#app/ui/problem-words.ts'
import { modelToldPt, modelWordsPt } from './model-words-pt.ts'

export const modelWordsEn = {
  models: 'Models',
  intro:
    'A model is one name, version, prompt version and set of parameters. Logs seldom agree on names: what is one model can be merged, what is two can be split, and either can be undone.',
  moving: 'Moving responses',
  goOnMoving: 'Go on moving responses',
  none: 'No models yet',
  importFile: 'Import a file',
  noneHint: 'Models come with the responses that are imported.',
  mergeSome: 'Merge…',
  chooseTwo: 'Choose two or more that are one and the same.',
  chosen: { one: '{count} model chosen.', other: '{count} models chosen.' },
  renameNamed: 'Rename {model}',
  renameHint: 'Later logs under the old name still add to this model.',
  label: 'Label',
  labelHint: 'What people read, in tables and charts.',
  name: 'Name',
  nameHint: 'What exports say.',
  version: 'Version',
  promptVersion: 'Prompt version',
  rename: 'Rename',
  mergeSeveral: { one: 'Merge {count} model', other: 'Merge {count} models' },
  mergeHint:
    'Their responses and judgments count as one model’s from now on, later logs under each name too. It can be undone.',
  whichStands: 'Which one stands for them all?',
  responses: { one: '{count} response', other: '{count} responses' },
  merge: 'Merge',
  splitNamed: 'Split {model}',
  splitHint:
    'A part of its responses, with their judgments, becomes a model of its own. It can be undone.',
  looking: 'Looking at its responses…',
  nothingApart:
    'Nothing tells its responses apart: they came with one import, under one name, and with no value that some have and others have not.',
  whichResponses: 'Which responses?',
  choose: 'Choose…',
  option: '{label} ({count})',
  countedAmong: 'Counted among {count} of its responses; all that fit are moved.',
  allMoved: 'All that fit are moved.',
  newName: 'Name of the new model',
  split: 'Split',
  history: 'History',
  nothingDone: 'Nothing was renamed, merged or split. What is, stands here, and can be undone.',
  undone: 'undone',
  undo: 'Undo',
  undoNamed: 'Undo: {change}',
  chooseNamed: 'Choose {model}',
  model: 'Model',
  also: 'also {names}',
  parameters: 'Parameters',
  responsesColumn: 'Responses',
  imports: 'Imports',
  firstSeen: 'First seen',
  chooseColumn: 'Choose',
  act: 'What to do',
  table: 'Models of the project',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const modelSayIn = sayingFrom({ en: modelWordsEn, pt: modelWordsPt })

/** What is said where something is done or refused, in English. */
const modelToldEn = {
  goesOn: 'It goes on.',
  checkNames: 'Check the names.',
  chooseAct: 'Choose what to do with the models.',
  chooseResponses: 'choose which responses are split off',
  newName: 'give the new model a name',
  name: 'give the model a name',
  label: 'give the model a label',
  shorter: 'make it shorter: 200 characters at most',
  moving: 'The responses are being moved.',
  noFit: 'No response of this model fits; choose another part to split off.',
  movedOne: '1 response moved.',
  moved: '{count} responses moved.',
  unchanged: 'Nothing was changed.',
  called: 'The model is called “{label}” now.',
  stillMoving: 'Responses are still being moved by an earlier change; wait until it is done.',
  chooseTwo: 'Choose at least two models to merge.',
  noModel: 'There is no such model in this project.',
  wasMerged: '“{label}” was merged into another model; undo that first.',
  itself: 'A model cannot be merged into itself.',
  onlyMoves: 'Only a merge or a split of this project can be undone.',
  undoneAlready: 'This was undone already.',
  changedSince: 'The model has been changed since; undo the later changes first.',
  noImport: 'There is no such import in this project.',
  takenMerged:
    'This name belongs to “{label}”, which was merged into another model; choose another name, or undo that merge.',
  takenLabel: '“{label}” is the label of another model; choose another, or merge the two.',
  taken:
    'The model “{label}” has this name, version, prompt version and parameters already; choose another name, or merge the two.',
  merged: '“{from}” merged into “{into}”',
  splitLogged: '“{into}” split off “{from}”: logged as {label}',
  split: '“{into}” split off “{from}”: {by}',
  takenOut: '“{into}” taken out of “{from}” again',
  putBack: '“{from}” put back into “{into}”',
  renamed: '“{before}” renamed to “{after}”',
  named: '“{label}” named {after} instead of {before}',
  byImport: 'By import',
  byLogged: 'By the model it was logged as',
  byPromptVersion: 'By prompt version ({key})',
  by: 'By {key}',
} satisfies Record<string, Phrase>

/** What says it again in a language. */
export const modelToldIn = problemsIn({ en: modelToldEn, pt: modelToldPt })
