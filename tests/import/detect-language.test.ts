import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectLanguage } from '#app/import/prepare/detect-language.ts'

describe('The language of a text', () => {
  it.each([
    ['en', 'How do I sort a list of names in Python?'],
    ['pt', 'Qual é a capital do Brasil?'],
    ['es', '¿Puedes explicarme cómo funciona la fotosíntesis?'],
    ['fr', 'Bonjour tout le monde, quelle heure est-il ?'],
    ['de', 'Wie spät ist es?'],
    ['nl', 'Wat is de hoofdstad van Nederland?'],
    ['tr', "Türkiye'nin başkenti neresidir?"],
    ['ru', 'Объясни, пожалуйста, как работает фотосинтез и почему он важен для жизни на Земле.'],
    ['hi', 'मुझे प्रकाश संश्लेषण के बारे में बताइए और यह पृथ्वी पर जीवन के लिए क्यों महत्वपूर्ण है।'],
    ['ar', 'ما هي عاصمة فرنسا؟'],
    ['zh', '写一首关于秋天的诗'],
    ['ja', '秋についての俳句を書いて'],
    ['ko', '가을에 대한 시를 써 줘'],
  ])('is known as %s: %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language)
  })

  it.each([
    [''],
    ['ok'],
    ['thanks'],
    ['你好'],
    ['12345 67890'],
    ['!!! ???'],
    ['👍👍👍👍👍👍👍👍👍👍'],
    ['hello world'],
    ['lorem ipsum dolor sit amet'],
    ['https://acme.io/a/long/address/with/english/words/in/it'],
    ['```\nthe code of this block has english words\n```'],
    ['```js\nreturn the first of these words'],
  ])('is not guessed: %j', (text) => {
    expect(detectLanguage(text)).toBeNull()
  })

  it('is that of the prose, not of code, comments in code, or addresses', () => {
    const code = '```python\n# sort the list and return what is left of it\nsorted(names)\n```'
    const address = 'https://docs.acme.io/how-to-sort-a-list-of-names-in-python'
    expect(detectLanguage(`${code}\nWie sortiere ich eine Liste von Namen?`)).toBe('de')
    expect(detectLanguage(`Como faço para ordenar esta lista? ${address} \`the_list\``)).toBe('pt')
  })

  it('is that of the first thousand characters', () => {
    const german = 'Wie sortiere ich eine Liste von Namen? '.repeat(30)
    expect(detectLanguage(german + 'How do I sort a list of names? '.repeat(300))).toBe('de')
  })

  it('is a code of two letters or null for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_200 }), (text) => {
        expect(detectLanguage(text) ?? 'xx').toMatch(/^[a-z]{2}$/)
      }),
    )
  })

  it.each(['`', '```', '``` `', 'a', 'www.', 'http://', '中'])(
    'takes little time for many %j',
    (part) => {
      const start = performance.now()
      detectLanguage(part.repeat(300_000))
      expect(performance.now() - start).toBeLessThan(500)
    },
  )
})
