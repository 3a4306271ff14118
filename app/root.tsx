import './theme.css'
import './ui/zod-without-eval.client.ts'
import type { LoaderFunctionArgs } from '@remix-run/node'
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
} from '@remix-run/react'
import { type ReactNode, useContext } from 'react'
import { ErrorPage } from './ui/error-page.tsx'
import { Speaking, useSpokenLanguage } from './ui/language.tsx'
import { languageOf, locales } from './ui/languages.ts'
import { NonceContext } from './ui/nonce.ts'

/** The language of every page that names none of its own, such as one that fails. */
export const loader = ({ request }: LoaderFunctionArgs) => ({ language: languageOf(request) })

export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl }) =>
  currentUrl.searchParams.get('lang') !== nextUrl.searchParams.get('lang')

export const meta = () => [{ title: 'Rubrica' }]

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(NonceContext)
  const language = useSpokenLanguage()
  return (
    <html lang={locales[language]}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        <Speaking language={language}>{children}</Speaking>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export const ErrorBoundary = ErrorPage
