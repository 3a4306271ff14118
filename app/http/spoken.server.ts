/** In: a request and the data of a page. Out: the same with the language that the page speaks. */
import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { chosenLanguage, languageCookie, languageOf } from '#app/ui/languages.ts'

/** Gives a page its language, and keeps one that the address asks for. */
export function spoken<Page extends object>({ request, context }: LoaderFunctionArgs, page: Page) {
  const chosen = chosenLanguage(request)
  return data(
    { language: languageOf(request), ...page },
    { headers: chosen ? { 'Set-Cookie': languageCookie(chosen, context.isSecure) } : {} },
  )
}
