/** The process behind `text-measurer`: answers each list of texts with their languages and tokens. */
import process from 'node:process'
import { countTokens } from './count-tokens.ts'
import { detectLanguage } from './detect-language.ts'

process.on('message', (texts) => {
  const measured = (texts as string[]).map((text) => ({
    language: detectLanguage(text),
    tokens: countTokens(text),
  }))
  process.send?.(measured)
})
process.on('disconnect', () => process.exit(0))
