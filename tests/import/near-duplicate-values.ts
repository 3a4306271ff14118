/** The values that fill the prompts of the near-duplicate set, and its numbers in words. */
import type { Language } from './near-duplicate-prompts.ts'

const everywhere: Record<string, readonly string[]> = {
  name: ['Anna', 'Miguel', 'Priya', 'Tomas', 'Yuki', 'Fatima', 'Oskar', 'Johnson', 'Johnston'],
  city: ['Lisbon', 'Oslo', 'Nairobi', 'Quito', 'Hanoi', 'Austin', 'New York', 'Porto Alegre'],
  tool: ['Python', 'Rust', 'Go', 'C', 'C++', 'C#', 'Java', 'JavaScript', 'TypeScript', 'Ruby'],
  company: ['Northwind', 'Acme Tools', 'Blue Heron', 'Falkner & Sons', 'Lumen', 'Pico Foods'],
  date: ['3 March 2021', '3 May 2021', '17 October 1998', '2024-06-01', '2024-06-11', '01/06/2024'],
}

const byLanguage: Record<Language, Record<string, readonly string[]>> = {
  en: {
    tongue: ['French', 'Japanese', 'Swahili', 'Portuguese', 'Finnish', 'Turkish'],
    food: ['lentil soup', 'onion soup', 'apple pie', 'goulash', 'fried rice', 'paella'],
    month: ['January', 'April', 'June', 'July', 'October', 'December'],
  },
  pt: {
    tongue: ['francês', 'japonês', 'suaíli', 'finlandês', 'turco'],
    month: ['janeiro', 'abril', 'junho', 'julho', 'outubro'],
  },
  es: {
    tongue: ['francés', 'japonés', 'suajili', 'finés', 'turco'],
    month: ['enero', 'abril', 'junio', 'julio', 'octubre'],
  },
  fr: {
    tongue: ['espagnol', 'japonais', 'swahili', 'finnois', 'turc'],
    month: ['janvier', 'avril', 'juin', 'juillet', 'octobre'],
  },
  de: {
    tongue: ['Französisch', 'Japanisch', 'Suaheli', 'Finnisch', 'Türkisch'],
    month: ['Januar', 'April', 'Juni', 'Juli', 'Oktober'],
  },
}

/** The values that a place like ‹city› can take. */
export const valuesOf = (kind: string, language: Language): readonly string[] =>
  byLanguage[language][kind] ?? everywhere[kind] ?? []

const columns: readonly Language[] = ['en', 'pt', 'es', 'fr', 'de']

const table = `
2 | two | dois | dos | deux | zwei
3 | three | três | tres | trois | drei
4 | four | quatro | cuatro | quatre | vier
5 | five | cinco | cinco | cinq | fünf
6 | six | seis | seis | six | sechs
7 | seven | sete | siete | sept | sieben
8 | eight | oito | ocho | huit | acht
9 | nine | nove | nueve | neuf | neun
10 | ten | dez | diez | dix | zehn
11 | eleven | onze | once | onze | elf
12 | twelve | doze | doce | douze | zwölf
13 | thirteen | treze | trece | treize | dreizehn
14 | fourteen | catorze | catorce | quatorze | vierzehn
15 | fifteen | quinze | quince | quinze | fünfzehn
16 | sixteen | dezasseis | dieciséis | seize | sechzehn
17 | seventeen | dezessete | diecisiete | dix-sept | siebzehn
18 | eighteen | dezoito | dieciocho | dix-huit | achtzehn
20 | twenty | vinte | veinte | vingt | zwanzig
21 | twenty-one | vinte e um | veintiuno | vingt et un | einundzwanzig
25 | twenty-five | vinte e cinco | veinticinco | vingt-cinq | fünfundzwanzig
30 | thirty | trinta | treinta | trente | dreißig
36 | thirty-six | trinta e seis | treinta y seis | trente-six | sechsunddreißig
40 | forty | quarenta | cuarenta | quarante | vierzig
48 | forty-eight | quarenta e oito | cuarenta y ocho | quarante-huit | achtundvierzig
50 | fifty | cinquenta | cincuenta | cinquante | fünfzig
60 | sixty | sessenta | sesenta | soixante | sechzig
100 | one hundred | cem | cien | cent | hundert
120 | one hundred and twenty | cento e vinte | ciento veinte | cent vingt | hundertzwanzig
150 | a hundred and fifty | cento e cinquenta | ciento cincuenta | cent cinquante | hundertfünfzig
250 | two hundred and fifty | duzentos e cinquenta | doscientos cincuenta | deux cent cinquante | zweihundertfünfzig
500 | five hundred | quinhentos | quinientos | cinq cents | fünfhundert
1500 | one thousand five hundred | mil e quinhentos | mil quinientos | mille cinq cents | tausendfünfhundert
2000 | two thousand | dois mil | dos mil | deux mille | zweitausend
3000 | three thousand | três mil | tres mil | trois mille | dreitausend
12000 | twelve thousand | doze mil | doce mil | douze mille | zwölftausend
1000000 | one million | um milhão | un millón | un million | eine Million`

const rows = table
  .trim()
  .split('\n')
  .map((line) => line.split(' | '))

/** Every number that the set has in words. */
export const numbers: readonly number[] = rows.map((row) => Number(row[0]))

/** A number in the words of a language, or its digits where the set has no words for it. */
export const inWords = (value: number, language: Language): string =>
  rows.find((row) => Number(row[0]) === value)?.[columns.indexOf(language) + 1] ?? String(value)

export type NumberForm = 'plain' | 'grouped' | 'otherGrouped' | 'words'

/** A number as it can stand in a text. @example written(1500, 'grouped', 'de') // '1.500' */
export function written(value: number, form: NumberForm, language: Language): string {
  if (form === 'words') return inWords(value, language)
  if (form === 'plain') return String(value)
  const isComma = (language === 'en') === (form === 'grouped')
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, isComma ? ',' : '.')
}
