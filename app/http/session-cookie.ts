/** The cookie holds a random token; what it means is a row in the database. */
const name = 'rubrica_session'

/** The session token of a Cookie header, or undefined. */
export function tokenOf(cookieHeader: string | null | undefined): string | undefined {
  for (const part of (cookieHeader ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}

const attributes = (isSecure: boolean) =>
  `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`

/** The header that signs a browser in. */
export const signInCookie = (
  token: string,
  { isSecure, days }: { isSecure: boolean; days: number },
): string => `${name}=${token}; Max-Age=${days * 24 * 60 * 60}; ${attributes(isSecure)}`

/** The header that signs a browser out. */
export const signOutCookie = (isSecure: boolean): string =>
  `${name}=; Max-Age=0; ${attributes(isSecure)}`
