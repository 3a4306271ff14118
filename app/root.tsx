import './theme.css'
import './ui/zod-without-eval.client.ts'
import { Links, Meta, Outlet, Scripts, ScrollRestoration } from '@remix-run/react'
import { type ReactNode, useContext } from 'react'
import { ErrorPage } from './ui/error-page.tsx'
import { Speaking, useSpokenLanguage } from './ui/language.tsx'
import { locales } from './ui/languages.ts'
import { NonceContext } from './ui/nonce.ts'

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
