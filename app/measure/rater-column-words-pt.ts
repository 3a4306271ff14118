import type { SameKeys } from '#app/ui/job-words.ts'
import type { raterColumnWordsEn } from './rater-column-words.ts'

/** The same in Brazilian Portuguese. */
export const raterColumnWordsPt: SameKeys<typeof raterColumnWordsEn> = {
  rater: 'Avaliador',
  'about.rater': 'O pseudônimo sob o qual o trabalho do avaliador é guardado.',
  signals: 'Vale olhar',
  'about.signals':
    'Sinais que valem um olhar, depois do controle de alarmes falsos sobre todos os avaliadores e sinais: um em vinte ainda pode ser acaso. Não são vereditos sobre pessoas.',
  judgments: 'Julgamentos',
  'about.judgments': 'Julgamentos de trabalho que contam: nem retirados nem excedentes.',
  gold: 'Gabarito',
  'about.gold':
    'Proporção das tarefas com gabarito julgadas como esperado. Intervalo de Wilson, um caso por tarefa.',
  consistency: 'O mesmo de novo',
  'about.consistency':
    'Proporção das repetições ocultas, com os lados trocados, que receberam a mesma resposta da primeira vez. Intervalo de Wilson.',
  consensus: 'Com a maioria',
  'about.consensus':
    'Proporção das tarefas em que a resposta é a de mais da metade dos outros avaliadores; a resposta do próprio avaliador não conta para essa maioria. Intervalo por prompt.',
  consensus_than_others: 'Maioria, contra os outros',
  'about.consensus_than_others':
    'Concordância com a maioria menos a dos outros avaliadores nas mesmas tarefas, onde três ou mais as julgaram. Intervalo de Student sobre os prompts.',
  first: 'Mostrada primeiro',
  'about.first':
    'Proporção dos vereditos decididos a favor da resposta mostrada primeiro. Os lados são sorteados, por isso se espera cerca da metade. Intervalo de Wilson; teste binomial exato.',
  longer_than_others: 'Mais longa, contra os outros',
  'about.longer_than_others':
    'Quanto mais vezes a resposta mais longa vence com este avaliador do que com os outros nas mesmas tarefas. Intervalo de Student sobre os prompts.',
  longer: 'A mais longa vence',
  'about.longer':
    'Proporção dos vereditos decididos a favor da resposta mais longa. A mais longa pode muito bem ser a melhor: compare com os outros. Intervalo por prompt.',
  seconds: 'Segundos por tarefa',
  'about.seconds':
    'Tempo mediano em uma tarefa enquanto a página estava visível e o avaliador, ativo. Intervalo por estatísticas de ordem.',
  fast: 'Mais rápido que a leitura',
  'about.fast':
    'Proporção dos julgamentos que levaram menos tempo do que ler 30 caracteres por segundo. Intervalo de Wilson.',
  pace: 'Por hora',
  'about.pace':
    'Julgamentos contados em uma hora de atividade. Intervalo de Student sobre as sessões: horas de relógio com trabalho, uma após a outra.',
  skips: 'Puladas',
  'about.skips':
    'Proporção de tarefas puladas, entre as julgadas e as puladas. Intervalo de Wilson.',
  tie: 'Empates',
  'about.tie': 'Proporção dos vereditos que são empate. Intervalo por prompt.',
  both_bad: 'Ambas ruins',
  'about.both_bad': 'Proporção dos vereditos que são “ambas ruins”. Intervalo por prompt.',
  cant_judge: 'Não dá para julgar',
  'about.cant_judge': 'Proporção dos vereditos que são “não dá para julgar”. Intervalo por prompt.',
  undecided_than_others: 'Sem decisão, contra os outros',
  'about.undecided_than_others':
    'Quanto mais vezes o avaliador deixa um par sem decisão (empate, ambas ruins ou não dá para julgar) do que os outros nas mesmas tarefas. Intervalo de Student sobre os prompts.',
  adjudicated: 'Como na adjudicação',
  'about.adjudicated':
    'Proporção das tarefas adjudicadas que o avaliador tinha julgado como o adjudicador. São as difíceis: os avaliadores discordaram nelas. Intervalo por prompt.',
  points: '{change} p.p.',
  inSeconds: '{seconds} s',
  restsOn: 'n {n}',
}
