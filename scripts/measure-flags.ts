/** What the commands that measure may be told. */
import { flag, text } from './command-call.ts'

export const measureFlags = {
  project: text,
  campaign: text,
  json: flag,
  ties: text,
  'both-bad': text,
  interval: text,
  control: text,
  strengths: text,
  sources: text,
  tag: text,
  'prompt-version': text,
  'rater-group': text,
  from: text,
  to: text,
  seed: text,
}

export const gateFlags = {
  project: text,
  campaign: text,
  candidate: text,
  baseline: text,
  'min-win-rate': text,
  confidence: text,
  tag: text,
  sources: text,
  ties: text,
  'both-bad': text,
  anytime: flag,
  json: flag,
}
