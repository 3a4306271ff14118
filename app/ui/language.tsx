import { Link, useLocation, useMatches } from '@remix-run/react'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { figuresOf, type Language, languageNames, languages, locales } from './languages.ts'
import { pageSayIn } from './page-words.ts'

const LanguageContext = createContext<Language>('en')

/** Says to everything inside which language the page speaks. */
export function Speaking({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext.Provider value={language}>{children}</LanguageContext.Provider>
}

export const useLanguage = (): Language => useContext(LanguageContext)

/** The words that `sayIn` knows, and the numbers, of the page's language. `sayIn` stays the same. */
export function useSaying<Say>(sayIn: (language: Language) => Say) {
  const language = useLanguage()
  return useMemo(
    () => ({ language, say: sayIn(language), figures: figuresOf(language) }),
    [language, sayIn],
  )
}

/** The language of the innermost page whose data names one, else English. */
export function useSpokenLanguage(): Language {
  const spoken = useMatches()
    .map(({ data }) =>
      data !== null && typeof data === 'object' && 'language' in data ? data.language : undefined,
    )
    .findLast((language) => language !== undefined)
  return languages.find((language) => language === spoken) ?? 'en'
}

/** Links to the page in each language; the choice is kept. */
export function LanguageSwitch() {
  const { say, language } = useSaying(pageSayIn)
  const { search } = useLocation()
  const addressIn = (other: Language) => {
    const parameters = new URLSearchParams(search)
    parameters.set('lang', other)
    return `?${parameters}`
  }
  return (
    <nav aria-label={say('language')}>
      <ul className="flex gap-1 text-sm">
        {languages.map((other) => (
          <li key={other}>
            <Link
              to={addressIn(other)}
              lang={locales[other]}
              hrefLang={locales[other]}
              aria-current={other === language ? 'true' : undefined}
              preventScrollReset
              className={`inline-block rounded-lg px-2.5 py-1.5 ${other === language ? 'bg-act-soft font-semibold text-act' : 'text-ink-2 hover:bg-sunken'}`}
            >
              {languageNames[other]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
