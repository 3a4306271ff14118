import type { SameKeys } from '#app/ui/job-words.ts'
import type { driftWordsEn } from './drift-words.ts'

/** The same in Brazilian Portuguese. */
export const driftWordsPt: SameKeys<typeof driftWordsEn> = {
  title: 'Deriva',
  question: 'Alguma coisa mudou?',
  byPeople: 'Versões de um mesmo modelo nos mesmos prompts, pelas notas de pessoas.',
  byJudges:
    'Versões de um mesmo modelo nos mesmos prompts, pelas notas de juízes; pessoas não deram nenhuma.',
  nothing: 'Não há duas versões para comparar',
  nothingHint:
    'A deriva compara versões de um mesmo modelo, reconhecidas por uma data ou número no fim do nome, pela sua versão ou pela do prompt, quando as respostas delas aos mesmos prompts receberam notas.',
  changed: 'Mudou:',
  levelChange: 'O nível muda em {model}: de {before} para {after}.',
  chart: 'Média de {criterion} de cada versão de {family}',
  chartUnit: 'média de {criterion}, intervalos de 95 % por prompt',
  chartBy: 'Média de {criterion} de {family} por {period}',
  'period.week': 'semana',
  'period.month': 'mês',
  'period.quarter': 'trimestre',
  'period.year': 'ano',
  'period.versions': 'grupo de versões',
  version: 'Versão',
  weekOf: 'semana de {day}',
  quarterOf: '{quarter}º trim. {year}',
  versionsOf: '{from} – {to}',
  takenTogether:
    '{versions} versões, desenhadas por {period}: a média de todas as notas de cada {period}, com seu intervalo de 95 % por prompt. O arquivo abaixo tem cada versão.',
  restsOnVersions: {
    one: '{count} versão, {scores} notas, {prompts} prompts',
    many: '{count} de versões, {scores} notas, {prompts} prompts',
    other: '{count} versões, {scores} notas, {prompts} prompts',
  },
  asTable: 'O mesmo em tabela',
  period: 'Período',
  mean: 'Média',
  versions: 'Versões',
  scores: 'Notas',
  someSteps: {
    one: '{count} passo entre versões, certos: {alarms}; aparecem os maiores entre os certos, e o arquivo abaixo tem todos.',
    many: '{count} de passos entre versões, certos: {alarms}; aparecem os maiores entre os certos, e o arquivo abaixo tem todos.',
    other:
      '{count} passos entre versões, certos: {alarms}; aparecem os maiores entre os certos, e o arquivo abaixo tem todos.',
  },
  someChanges: 'As {shown} mudanças de nível mais distantes, de {changes}.',
  someSeries: 'Séries {first} a {last} de {count}, primeiro as que têm a maior mudança certa.',
  earlierSeries: 'Séries anteriores',
  laterSeries: 'Próximas séries',
  rests: '{prompts} prompts',
  steps: 'Passos de {family}',
  stepsCaption: 'Cada versão contra a anterior, em todos os prompts e por etiqueta',
  fromTo: 'De → para',
  before: 'Antes',
  after: 'Depois',
  difference: 'Diferença',
  differenceInPoints: 'Diferença (pontos percentuais)',
  all: 'todos',
  unchanged: 'Nenhuma mudança entre versões é certa.',
  fell: '{family} caiu de {before} para {after}.',
  rose: '{family} subiu de {before} para {after}.',
  inCommon: {
    one: '{count} prompt em comum',
    many: '{count} de prompts em comum',
    other: '{count} prompts em comum',
  },
  onTagged: '{criterion} nos prompts com a etiqueta “{tag}”',
  points: '{change} pontos percentuais',
  interval: 'intervalo de 95 %: {low} a {high}, {rests}',
  intervalInPoints: 'intervalo de 95 %: {low} a {high} pontos percentuais, {rests}',
  noInterval: 'sem intervalo',
  stepUnsure: '{to} obtém {after} em {criterion}, {from} {before}: {reason} ({rests}).',
  stepNotSeparated:
    '{from} e {to} aparecem não separados em {criterion}: {before} e {after} (diferença {difference}, {interval}).',
  stepFell:
    '{family} caiu de {before} ({from}) para {after} ({to}) em {criterion}: {difference} ({interval}).',
  stepRose:
    '{family} subiu de {before} ({from}) para {after} ({to}) em {criterion}: {difference} ({interval}).',
  stepFellTagged:
    '{family} caiu, nos prompts com a etiqueta “{tag}”, de {before} ({from}) para {after} ({to}) em {criterion}: {difference} ({interval}).',
  stepRoseTagged:
    '{family} subiu, nos prompts com a etiqueta “{tag}”, de {before} ({from}) para {after} ({to}) em {criterion}: {difference} ({interval}).',
}
