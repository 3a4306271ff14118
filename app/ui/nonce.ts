import { createContext } from 'react'

/** The page's nonce while it is rendered on the server; browsers hide it from pages afterwards. */
export const NonceContext = createContext<string | undefined>(undefined)
