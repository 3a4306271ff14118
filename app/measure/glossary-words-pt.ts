import type { SameKeys } from '#app/ui/job-words.ts'
import type { glossaryWordsEn } from './glossary-words.ts'

/** The same in Brazilian Portuguese. */
export const glossaryWordsPt: SameKeys<typeof glossaryWordsEn> = {
  rank: 'As posições que o modelo pode ocupar: uma a mais que os modelos seguramente melhores, até uma a mais que os que não são seguramente piores. Modelos que dividem uma posição não estão separados. De intervalos simultâneos de todas as diferenças (max-t).',
  model: 'Quem respondeu: um nome com a sua versão e a versão do seu prompt.',
  win_rate:
    'Média dos pontos nos julgamentos do modelo contra todos os adversários: uma vitória vale 1, uma derrota 0, um empate meio, salvo outra escolha. Depende de quem o modelo enfrentou; a pontuação não depende.',
  win_interval:
    'Onde a taxa de vitória está com 95 % de confiança. Todos os julgamentos de um prompt contam como um só caso (erro padrão CR1, t de Student com prompts − 1), salvo outra escolha em “Como os julgamentos são contados”.',
  tie_rate:
    'Proporção dos julgamentos do modelo que são empate, com o seu intervalo por prompt, quando os empates são uma categoria própria.',
  rating:
    '1000 + 400 / ln 10 × força, a escala do xadrez: 400 pontos a mais são chances de dez para um. 1000 é a média dos modelos que podem ser comparados.',
  rating_interval:
    'Onde a pontuação está com 95 % de confiança, em relação à média dos modelos, por prompt. Duas pontuações se comparam pela posição, não por os intervalos se cruzarem ou não.',
  strength:
    'Logaritmo natural da força de Bradley–Terry, média zero: P(A vence B) = 1 / (1 + exp(força de B − força de A)). Bradley e Terry, Biometrika 39 (1952).',
  strength_interval:
    'Onde a força está com 95 % de confiança, por prompt (sanduíche por grupos, t de Student com prompts − 1).',
  wins: 'Julgamentos a favor deste modelo.',
  losses: 'Julgamentos a favor do outro modelo.',
  ties: 'Julgamentos que acham as duas igualmente boas. “Ambas ruins” conta à parte.',
  both_bad:
    'Julgamentos que não acham boa nenhuma das duas. Nas pontuações, meia vitória para cada, salvo se ficarem de fora.',
  cant_judge:
    'Respostas que se recusam a julgar. Não contam em nenhuma taxa, pontuação ou concordância.',
  judgments:
    'Julgamentos que contam nesta linha: vitórias, derrotas, empates e ambas ruins. Os julgamentos de um avaliador em uma tarefa contam uma vez.',
  prompts:
    'Prompts diferentes em que o modelo foi julgado: os casos em que os intervalos se apoiam.',
  effective_tasks:
    'Quantas tarefas de mesmo peso informariam o mesmo que estas, sorteadas com probabilidades desiguais: (Σw)² / Σw². Kish, Survey Sampling (1965).',
  criterion: 'A pergunta a que as notas respondem.',
  mean: 'Média de todas as notas das respostas do modelo neste critério.',
  mean_interval:
    'Onde a média está com 95 % de confiança, com todas as notas de um prompt como um só caso (CR1, t de Student com prompts − 1).',
  score_prompts: 'Prompts diferentes cujas respostas do modelo receberam nota.',
  score_judgments: 'Notas dadas.',
  share_won:
    'Proporção das comparações destes dois que o modelo da linha venceu, um empate como meio, salvo outra escolha. O intervalo é por prompt.',
  meetings: 'Julgamentos deste par: vitórias, derrotas, empates e ambas ruins.',
  prompt: 'A entrada que os dois modelos responderam.',
  wins_of: 'Vereditos neste prompt a favor da resposta desse modelo.',
  alpha:
    'Alfa de Krippendorff: 1 − discordância observada / esperada de dois avaliadores de uma unidade. 1 é perfeita, 0 é o que o acaso daria, abaixo de 0 é pior que o acaso. Julgamentos podem faltar. Krippendorff, Content Analysis (2004).',
  alpha_interval:
    'Onde o alfa está com 95 % de confiança: prompts inteiros são sorteados de novo muitas vezes, e o alfa é recalculado a cada vez (bootstrap por prompt).',
  alpha_tag: 'Alfa só nos prompts com esta etiqueta.',
  companion:
    'Um coeficiente ao lado do alfa, que falha de outros modos: leia-os juntos, com a proporção de cada resposta.',
  companion_interval:
    'Onde o coeficiente está com 95 % de confiança, por novo sorteio de prompts ou pelo seu erro padrão, como a sua linha diz.',
  answer:
    'O que um avaliador de uma unidade disse; as colunas dizem o que outro avaliador da mesma unidade disse.',
  given:
    'Proporção de todas as respostas que são esta. Onde uma resposta fica com quase todas, o alfa é baixo embora os avaliadores quase sempre concordem.',
  given_beside:
    'Dos outros avaliadores de unidades em que alguém deu a resposta da linha, a proporção que deu esta. Cada unidade pesa o mesmo.',
  tag: 'Uma etiqueta de prompts.',
  raters: 'Dois avaliadores pelos seus pseudônimos.',
  same_answer: 'Proporção das unidades dos dois avaliadores a que eles deram a mesma resposta.',
  kappa:
    'Kappa de Cohen dos dois avaliadores: concordância (observada − esperada) / (1 − esperada), em que a esperada é a que os hábitos de cada um dariam por acaso. Cohen (1960).',
  kappa_interval: 'Onde o kappa está com 95 % de confiança, pelo seu erro padrão.',
  units: 'O que dois ou mais julgaram: uma tarefa, ou um par dentro de uma tarefa de ordenação.',
  alpha_prompts: 'Prompts diferentes com uma unidade que dois ou mais julgaram.',
  step: 'Uma versão e a anterior a ela.',
  step_prompts: 'Os prompts que as duas versões responderam: todos, ou os que têm uma etiqueta.',
  before: 'Nota média da versão anterior nesses prompts.',
  after: 'Nota média da versão posterior nos mesmos prompts.',
  difference:
    'Média sobre os prompts da nota posterior menos a anterior, ambas no mesmo prompt: o que os prompts têm em comum se cancela.',
  difference_interval:
    'Onde a diferença está com 95 % de confiança: t de Student sobre as diferenças por prompt.',
  adjusted_p:
    'Com que frequência só o acaso daria uma diferença deste tamanho, aumentada pelo número de testes desta página para que a chance de algum alarme falso fique abaixo de 5 %. Holm, Scandinavian Journal of Statistics 6 (1979).',
  step_n: 'Prompts que as duas versões responderam e que receberam nota.',
  'judge.figure': 'O que se calcula dos vereditos do juiz ao lado dos das pessoas.',
  'judge.value': 'O próprio número: uma proporção, um coeficiente ou uma diferença em pontos.',
  'judge.interval':
    'Onde está com 95 % de confiança, por prompt; o do kappa toma os pares como independentes.',
  'judge.n': 'Casos em que o número se apoia: pares, ou vereditos com ordem na tela conhecida.',
  'judge.agreement':
    'Proporção dos vereditos das pessoas em um par que são o do juiz, na média dos pares que ambos julgaram.',
  'judge.peopleAgreement':
    'O mesmo entre duas pessoas: aquilo com que se pode medir um juiz. Apoia-se nos pares que duas ou mais pessoas julgaram.',
  'judge.kappa':
    'Kappa de Cohen entre a resposta mais frequente do juiz e a das pessoas, sem os pares em que não há uma mais frequente.',
  'judge.first':
    'Proporção das suas vitórias que foram para a resposta mostrada primeiro. Com lados sorteados, espera-se cerca da metade.',
  'judge.peopleFirst': 'O mesmo das pessoas.',
  'judge.longer':
    'Quanto mais vezes as vitórias do juiz vão para a resposta mais longa do que as das pessoas nos mesmos pares.',
  'judge.ownFamily':
    'Quanto o juiz pontua modelos da sua própria família melhor do que as pessoas nos mesmos pares. A família é a primeira palavra do nome.',
  people_alone: 'A média dos pontos do modelo nos pares que as pessoas julgaram, e nada mais.',
  people_interval: 'Onde essa taxa está com 95 % de confiança, por prompt.',
  with_judges:
    'A média dos juízes nos pares que as pessoas não julgaram, corrigida por quanto juízes e pessoas diferem onde ambos julgaram; o peso é o da menor variância. Angelopoulos, Duchi e Zrnic, PPI++ (2023).',
  with_judges_interval: 'Onde a taxa conjunta está com 95 % de confiança, por prompt.',
  pairs: 'Pares que as pessoas julgaram e, depois do mais, os que só os juízes julgaram.',
  worth:
    'Quantos pares as pessoas teriam de julgar para saber o mesmo: pares × (variância só das pessoas / variância com os juízes).',
  'consensus.answer':
    'Uma resposta que um avaliador podia dar. a e b são as respostas na ordem canônica da sua tarefa.',
  'consensus.majority': 'Unidades cuja resposta mais frequente é esta; as empatadas estão abaixo.',
  'consensus.likely':
    'Unidades cuja resposta mais provável é esta, pelo modelo dos avaliadores: votos de quem acerta mais pesam mais.',
  'consensus.prevalence': 'Quão frequente o modelo toma a resposta em todas as unidades.',
  'consensus.unit': 'O prompt, e o que dele se julgou.',
  'consensus.votes': 'Quantos avaliadores deram cada resposta.',
  'consensus.most': 'A resposta que mais avaliadores deram; um traço onde várias empatam.',
  'consensus.posterior':
    'A resposta mais provável e a sua probabilidade pelo modelo. Vale o que o modelo vale: erros que os avaliadores partilham são tomados por acertos.',
  'consensus.doubt':
    'O que as probabilidades deixam em aberto, em bits: 0 é certo, 1 é cara ou coroa. Shannon (1948).',
  'consensus.n': 'Respostas do avaliador em unidades que dois ou mais julgaram.',
  'consensus.skill':
    'Com que frequência o avaliador dá a resposta verdadeira segundo o modelo. Dawid e Skene (1979), ou uma só probabilidade por avaliador onde as respostas são poucas. Sem intervalo: é ajustada junto com todo o resto.',
  'consensus.with':
    'Proporção das unidades em que o avaliador deu a resposta mais frequente dos outros; a própria não conta.',
  'rater.rater': 'O pseudônimo sob o qual o trabalho do avaliador é guardado.',
  'rater.signals':
    'Sinais que valem um olhar, depois do controle de alarmes falsos sobre todos os avaliadores e sinais: um em vinte ainda pode ser acaso. Não são vereditos sobre pessoas.',
  'rater.judgments': 'Julgamentos de trabalho que contam: nem retirados nem excedentes.',
  'rater.gold':
    'Proporção das tarefas com gabarito julgadas como esperado. Intervalo de Wilson, um caso por tarefa.',
  'rater.consistency':
    'Proporção das repetições ocultas, com os lados trocados, que receberam a mesma resposta da primeira vez. Intervalo de Wilson.',
  'rater.consensus':
    'Proporção das tarefas em que a resposta é a de mais da metade dos outros avaliadores; a resposta do próprio avaliador não conta para essa maioria. Intervalo por prompt.',
  'rater.consensus_than_others':
    'Concordância com a maioria menos a dos outros avaliadores nas mesmas tarefas, onde três ou mais as julgaram. Intervalo de Student sobre os prompts.',
  'rater.first':
    'Proporção dos vereditos decididos a favor da resposta mostrada primeiro. Os lados são sorteados, por isso se espera cerca da metade. Intervalo de Wilson; teste binomial exato.',
  'rater.longer_than_others':
    'Quanto mais vezes a resposta mais longa vence com este avaliador do que com os outros nas mesmas tarefas. Intervalo de Student sobre os prompts.',
  'rater.longer':
    'Proporção dos vereditos decididos a favor da resposta mais longa. A mais longa pode muito bem ser a melhor: compare com os outros. Intervalo por prompt.',
  'rater.seconds':
    'Tempo mediano em uma tarefa enquanto a página estava visível e o avaliador, ativo. Intervalo por estatísticas de ordem.',
  'rater.fast':
    'Proporção dos julgamentos que levaram menos tempo do que ler 30 caracteres por segundo. Intervalo de Wilson.',
  'rater.pace':
    'Julgamentos contados em uma hora de atividade. Intervalo de Student sobre as sessões: horas de relógio com trabalho, uma após a outra.',
  'rater.skips':
    'Proporção de tarefas puladas, entre as julgadas e as puladas. Intervalo de Wilson.',
  'rater.tie': 'Proporção dos vereditos que são empate. Intervalo por prompt.',
  'rater.both_bad': 'Proporção dos vereditos que são “ambas ruins”. Intervalo por prompt.',
  'rater.cant_judge': 'Proporção dos vereditos que são “não dá para julgar”. Intervalo por prompt.',
  'rater.undecided_than_others':
    'Quanto mais vezes o avaliador deixa um par sem decisão (empate, ambas ruins ou não dá para julgar) do que os outros nas mesmas tarefas. Intervalo de Student sobre os prompts.',
  'rater.adjudicated':
    'Proporção das tarefas adjudicadas que o avaliador tinha julgado como o adjudicador. São as difíceis: os avaliadores discordaram nelas. Intervalo por prompt.',
}
