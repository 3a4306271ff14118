/** Letting people and scripts in: an invitation works once, a token uploads and can be revoked. */
import { expect, test } from '@playwright/test'
import { makeProject } from '../support/project.ts'
import {
  databaseOf,
  makeMember,
  memberPassword,
  removeServer,
  startServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer

test.beforeAll(async () => {
  server = await startServer()
  const db = databaseOf(server)
  const project = await makeProject(db, 'Team')
  await makeMember(db, { projectId: project.id, email: 'lead@example.org', roles: ['lead'] })
  await db.close()
})
test.afterAll(() => removeServer(server))

test('a lead invites a rater by link and gives a script a token', async ({ browser }) => {
  const lead = await (await browser.newContext({ baseURL: server.url })).newPage()
  await lead.goto('/sign-in?next=/p/team/members')
  await lead.getByLabel('E-mail').fill('lead@example.org')
  await lead.getByLabel('Password').fill(memberPassword)
  await lead.getByRole('button', { name: 'Sign in' }).click()
  await lead.getByRole('button', { name: 'Make a link' }).click()
  const link = await lead.getByLabel('Invitation link').inputValue()

  const newcomer = await (await browser.newContext()).newPage()
  await newcomer.goto(link)
  await expect(newcomer.getByText('You are invited as annotator.')).toBeVisible()
  await newcomer.getByLabel('Name').fill('Newt')
  await newcomer.getByLabel('E-mail').fill('newt@example.org')
  await newcomer.getByLabel('Password').fill('a new password')
  await newcomer.getByRole('button', { name: 'Join' }).click()
  await expect(newcomer.getByRole('heading', { name: 'My work' })).toBeVisible()
  expect((await newcomer.goto(link))?.status()).toBe(404)

  await lead.goto('/p/team/settings')
  await lead.getByLabel('What is it for?').fill('nightly logs')
  await lead.getByLabel('Role').selectOption('lead')
  await lead.getByRole('button', { name: 'Make a token' }).click()
  const token = await lead.getByLabel('API token').inputValue()
  const upload = () =>
    fetch(`${server.url}/api/v1/projects/team/imports?name=logs.jsonl`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: '{"prompt":"Q?","model":"m","content":"c"}\n',
    })
  const accepted = await upload()
  expect(accepted.status).toBe(202)
  const { job } = (await accepted.json()) as { job: string }
  const statusOf = async () => {
    const response = await fetch(`${server.url}/api/v1/projects/team/jobs/${job}`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    return (await response.json()) as { status: string; result: unknown }
  }
  await expect.poll(async () => (await statusOf()).status, { timeout: 20_000 }).toBe('done')
  expect((await statusOf()).result).toMatchObject({ created: { prompts: 1, responses: 1 } })
  await lead.getByRole('button', { name: 'Revoke' }).click()
  await expect(lead.getByText('The token no longer works.')).toBeVisible()
  expect((await upload()).status).toBe(401)
})
