import type { SameKeys } from '#app/ui/job-words.ts'
import type { storedWordsEn } from './stored-words.ts'

/** The same in Brazilian Portuguese. */
export const storedWordsPt: SameKeys<typeof storedWordsEn> = {
  onePrompt: 'um só prompt não dá intervalo',
  notMeasured: 'não medido',
  noVerdict: 'nenhum veredito que conte',
  unbeaten: 'invicto: nunca perdeu nem empatou, por isso não existe força finita',
  winless: 'sem vitórias: nunca venceu nem empatou, por isso não existe força finita',
  notComparable: 'não comparável: nenhuma cadeia de vitórias e derrotas o liga aos outros modelos',
  lengthTellsApart:
    'o comprimento sozinho já distingue vencedores de perdedores: não há pontuações com comprimento igual',
  separateGroups:
    'Não é possível comparar todos os modelos: nos julgamentos até agora, nenhum grupo de modelos venceu e também perdeu contra os demais.',
  notRated:
    '{count} de {models} modelos não podem receber pontuação junto com os outros; cada linha diz por quê.',
  fewPrompts: 'Apenas {count} prompts: os intervalos são imprecisos.',
  tooNarrow:
    'Os intervalos tratam os julgamentos de um mesmo prompt como independentes; são estreitos demais e estão aqui só para comparação.',
  ownPairs: {
    one: 'Fora da conta: {count} veredito entre duas respostas do mesmo modelo.',
    many: 'Fora da conta: {count} de vereditos entre duas respostas do mesmo modelo.',
    other: 'Fora da conta: {count} vereditos entre duas respostas do mesmo modelo.',
  },
  partlyAdaptive: {
    one: 'Só parte das tarefas foi escolhida de forma adaptativa: {count} julgamento veio de tarefas criadas de outro modo. As taxas de vitória pendem para os pares escolhidos mais vezes; as pontuações, não.',
    many: 'Só parte das tarefas foi escolhida de forma adaptativa: {count} de julgamentos vieram de tarefas criadas de outro modo. As taxas de vitória pendem para os pares escolhidos mais vezes; as pontuações, não.',
    other:
      'Só parte das tarefas foi escolhida de forma adaptativa: {count} julgamentos vieram de tarefas criadas de outro modo. As taxas de vitória pendem para os pares escolhidos mais vezes; as pontuações, não.',
  },
  half: 'meia vitória',
  drop: 'fora da conta',
  leftOut: 'fora da conta',
  human: 'pessoas',
  adjudicator: 'adjudicadores',
  judge: 'juízes',
  byPrompt: 'agrupado por prompt: CR1 com t de Student e prompts − 1 graus de liberdade',
  byJudgment: 'cada julgamento por si (comparação identificada como tal)',
  winRate: 'nota média de todos os julgamentos do modelo contra todos os adversários',
  winRateWeighted: 'nota média ponderada das tarefas do modelo contra todos os adversários',
  weights:
    'a ordem foi adaptativa: as taxas de vitória e as proporções do confronto direto são ponderadas pelo inverso da probabilidade de cada tarefa ter sido escolhida; as pontuações não são ponderadas, porque o modelo de Bradley–Terry leva em conta quem enfrentou quem',
  strength:
    'Bradley–Terry pelo método de Newton, logaritmo natural, média zero entre os modelos que podem ser comparados',
  strengthAtLength:
    'Bradley–Terry com respostas de comprimento igual, logaritmo natural, média zero entre os modelos que podem ser comparados',
  rating: '1000 + 400 / ln 10 × força',
  rank: 'faixa a partir dos intervalos de todas as diferenças entre pares, simultâneos por max-t',
}
