import type { DatasetCheck } from './dataset-report.ts'
import type { DropRule } from './policy.ts'
import type { RowCheck } from './row-checks.ts'

/** The same in Brazilian Portuguese. */
export const rowCheckWordsPt: Record<RowCheck, string> = {
  empty: 'uma resposta está vazia ou só tem espaços',
  identical: 'a escolhida e a rejeitada dizem o mesmo',
  'prompt-empty': 'o prompt não tem mensagem, ou o usuário não diz nada nele',
  'prompt-end': 'o prompt não termina com uma mensagem do usuário ou de uma ferramenta',
  'no-user': 'o prompt não tem mensagem de um usuário',
  'system-place': 'uma mensagem de sistema não é a primeira, ou há várias',
  'completion-role': 'uma resposta não começa pelo assistente',
  'tool-calls': 'chama ferramentas, o que este destino não aceita',
  'several-messages': 'uma resposta tem várias mensagens, e este destino aceita uma só',
  'several-turns': 'o prompt tem vários turnos, e este destino aceita um só',
  'system-message': 'tem mensagem de sistema, que não existe neste destino',
  'not-alternating': 'usuário e assistente não se alternam, como este destino exige',
  'ends-with-tool':
    'o prompt termina com o resultado de uma ferramenta, e este destino quer o usuário',
  'empty-message': 'uma mensagem está sem texto, o que este destino não aceita',
  'no-reference': 'não há com que comparar as respostas',
  'lone-surrogate': 'um texto contém metade de um caractere, o que nenhum arquivo admite',
  'prompt-repeated': 'uma resposta repete o prompt; a repetição foi cortada',
  'white-space': 'um texto começa ou termina com espaços',
  'template-marker': 'um texto contém um marcador de modelo de conversa, como <|im_start|>',
}

export const dropWordsPt: Record<DropRule, string> = {
  'other-prompt': 'prompt sem as etiquetas pedidas',
  'other-model': 'modelo que não foi pedido',
  'no-judgment': 'ninguém julgou',
  'cant-judge': 'todos os avaliadores disseram que não dá para julgar',
  'too-few-raters': 'menos avaliadores do que a política pede',
  split: 'sem maioria',
  'low-agreement': 'os avaliadores concordam menos do que a política pede',
  'low-posterior': 'o veredito é menos provável do que a política pede',
  tie: 'empate',
  'both-bad': 'ambas ruins',
  'low-margin': 'quase sem diferença',
  'no-margin': 'ninguém disse quanto é melhor',
  'no-good-response': 'nenhuma resposta foi considerada boa o bastante',
  'no-score': 'sem nota em uma escala',
  'no-order': 'sem ordem entre as respostas',
  'text-missing': 'o texto do prompt ou de uma resposta não está aqui',
  ...rowCheckWordsPt,
  'too-long': 'mais longo do que a política permite',
  'held-out': 'tem um trecho em comum com os textos reservados',
  contradiction: 'os mesmos textos aparecem nos dois sentidos',
  duplicate: 'a mesma linha já está lá',
  'near-duplicate': 'um prompt quase igual já está lá',
  'other-pair': 'outro par do prompt é mais seguro',
  'balance-tag': 'a etiqueta já tem linhas suficientes',
  'balance-side': 'o lado foi escolhido mais vezes',
}

export const datasetCheckWordsPt: Record<DatasetCheck, string> = {
  leak: 'um prompt está em duas partições',
  'margin-missing':
    'algumas linhas têm margem e outras não; os treinadores olham só a primeira linha',
  contradiction: 'um par de textos aparece nos dois sentidos',
  duplicate: 'uma linha está lá mais de uma vez',
  'too-few-rows': 'linhas que o destino quer além das que há',
  'too-many-rows': 'linhas além das que o destino aceita',
  'too-large': 'bytes além dos que o destino aceita',
  'one-label': 'todas as respostas têm o mesmo rótulo',
  'labels-uneven': 'um rótulo é muito mais frequente: defina pesos',
}
