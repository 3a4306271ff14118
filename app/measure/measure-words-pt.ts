import type { SameKeys } from '#app/ui/job-words.ts'
import type { measureWordsEn } from './measure-words.ts'

/** The same in Brazilian Portuguese. */
export const measureWordsPt: SameKeys<typeof measureWordsEn> = {
  title: 'Medir',
  intro: 'Classificação e concordância, campanha por campanha.',
  nothing: 'Ainda não há o que medir',
  nothingHint:
    'Os números vêm dos julgamentos: crie uma campanha, ou importe julgamentos que você já tem.',
  newCampaign: 'Nova campanha',
  gates: 'Portões de liberação',
  about: '{kind} · {judgments} julgamentos',
}
