import { notFound } from '#app/http/problems.ts'

export const loader = () => {
  throw notFound('page')
}

export const action = loader

export default function NotFound() {
  return null
}
