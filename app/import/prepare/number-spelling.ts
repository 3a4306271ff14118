/** How numbers are spelled in English, Portuguese, Spanish, French and German. */

const split = (words: string): string[] => words.split(' ')

const englishOnes = split(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
    'sixteen seventeen eighteen nineteen',
)
const englishTens = split('twenty thirty forty fifty sixty seventy eighty ninety')

const portugueseOnes = split(
  'zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis ' +
    'dezessete dezoito dezenove',
)
const portugueseTens = split('vinte trinta quarenta cinquenta sessenta setenta oitenta noventa')
const portugueseHundreds = split(
  'cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos',
)

const spanishOnes = split(
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince ' +
    'dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro ' +
    'veinticinco veintiséis veintisiete veintiocho veintinueve',
)
const spanishTens = split('treinta cuarenta cincuenta sesenta setenta ochenta noventa')
const spanishHundreds = split(
  'ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos ' +
    'novecientos',
)

const frenchOnes = split(
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
).concat(['dix sept', 'dix huit', 'dix neuf'])
const frenchTens = split('vingt trente quarante cinquante soixante')

const germanOnes = split(
  'null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn ' +
    'sechzehn siebzehn achtzehn neunzehn',
)
const germanTens = split('zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig')

/** Gives the ways to write a number from 1 to 99, and those for full hundreds, of one language. */
interface Speller {
  belowHundred: (value: number) => string[]
  hundred: (count: number) => string[]
  /** What may stand between the hundreds and the rest; '' is nothing. */
  joints: readonly string[]
}

const at = (words: readonly string[], place: number): string => words[place] ?? ''

const regular = (tens: readonly string[], ones: readonly string[], joint: string, first = 20) => {
  return (value: number): string[] => {
    if (value < first) return [at(ones, value)]
    const ten = at(tens, Math.floor((value - first) / 10))
    return [value % 10 === 0 ? ten : `${ten}${joint}${at(ones, value % 10)}`]
  }
}

/** Seventy and ninety are sixty and eighty with ten more. */
const french = (value: number): string[] => {
  if (value < 20) return [at(frenchOnes, value)]
  const base = value >= 80 ? 80 : value >= 60 ? 60 : value - (value % 10)
  const ten = base === 80 ? 'quatre vingt' : at(frenchTens, base / 10 - 2)
  const rest = value - base
  if (rest === 0) return base === 80 ? [ten, `${ten}s`] : [ten]
  const joint = base < 80 && (rest === 1 || rest === 11) ? ' et ' : ' '
  return [`${ten}${joint}${at(frenchOnes, rest)}`]
}

const german = (value: number): string[] => {
  if (value === 1) return ['ein', 'eins']
  if (value < 20) return [at(germanOnes, value)]
  const ten = at(germanTens, Math.floor(value / 10) - 2)
  return [value % 10 === 0 ? ten : `${at(germanOnes, value % 10)}und${ten}`]
}

const variants: Record<string, string> = {
  dezesseis: 'dezasseis',
  dezessete: 'dezassete',
  dezenove: 'dezanove',
  catorze: 'quatorze',
  dois: 'duas',
  cinquenta: 'cinqüenta',
}

const feminine = (hundreds: readonly string[]) => (count: number) => {
  const word = at(hundreds, count - 1)
  return [word, word.replace(/os$/, 'as')]
}

const portuguese = (value: number): string[] => {
  const words = regular(portugueseTens, portugueseOnes, ' e ')(value)
  return words.flatMap((text) => {
    const other = text.replace(/\S+$/, (last) => variants[last] ?? last)
    return [text, other, text.replace(/um$/, 'uma')]
  })
}

const spanish = (value: number): string[] =>
  regular(
    spanishTens,
    spanishOnes,
    ' y ',
    30,
  )(value).flatMap((text) => [
    text,
    text.replace(/uno$/, 'una'),
    text.replace(/ uno$/, ' un').replace(/iuno$/, 'iún'),
  ])

const spellers: readonly Speller[] = [
  {
    belowHundred: regular(englishTens, englishOnes, ' '),
    hundred: (count) => [
      `${at(englishOnes, count)} hundred`,
      ...(count === 1 ? ['a hundred', 'hundred'] : []),
    ],
    joints: [' ', ' and '],
  },
  { belowHundred: portuguese, hundred: feminine(portugueseHundreds), joints: [' e '] },
  { belowHundred: spanish, hundred: feminine(spanishHundreds), joints: [' '] },
  {
    belowHundred: french,
    hundred: (count) =>
      count === 1 ? ['cent'] : [`${at(frenchOnes, count)} cent`, `${at(frenchOnes, count)} cents`],
    joints: [' '],
  },
  {
    belowHundred: german,
    hundred: (count) => [`${at(germanOnes, count)}hundert`, ...(count === 1 ? ['hundert'] : [])],
    joints: ['', 'und'],
  },
]

/** Words that mean "one", but mostly are articles. */
export const articles = new Set(split('a an um uma un una une ein eine'))

/**
 * Every way to write a number below a thousand, with its value: words in lower case with single
 * spaces, hyphens as spaces. The articles alone are left out.
 */
export function spelledBelowThousand(): [string, number][] {
  const found: [string, number][] = [
    ['cem', 100],
    ['cien', 100],
    ['zero', 0],
    ['cero', 0],
    ['zéro', 0],
  ]
  for (const speller of spellers) found.push(...spelledBy(speller))
  return found.filter(([words]) => !articles.has(words))
}

function spelledBy({ belowHundred, hundred, joints }: Speller): [string, number][] {
  const small: [string, number][] = []
  for (let value = 1; value < 100; value += 1) {
    for (const words of belowHundred(value)) small.push([words, value])
  }
  const large: [string, number][] = []
  for (let count = 1; count < 10; count += 1) {
    for (const full of hundred(count)) {
      large.push([full, count * 100])
      for (const [words, value] of small) {
        for (const joint of joints) large.push([full + joint + words, count * 100 + value])
      }
    }
  }
  return [...small, ...large]
}
