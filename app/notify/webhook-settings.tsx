import { Form } from '@remix-run/react'
import { TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import type { Language } from '#app/ui/languages.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import { webhookEventNames } from './webhook-events.ts'
import { webhookSayIn } from './webhook-words.ts'
import type { Delivery, Webhook } from './webhooks.server.ts'

/** Which other systems are told of what, and what became of the last deliveries. */
export function WebhookSettings({
  webhooks,
  deliveries,
  errors,
  typed,
}: {
  webhooks: readonly Webhook[]
  deliveries: readonly Delivery[]
  errors: Record<string, string>
  typed: string
}) {
  const { say } = useSaying(webhookSayIn)
  return (
    <section className="card grid gap-4" aria-labelledby="webhooks">
      <h2 id="webhooks">{say('webhooks')}</h2>
      <p className="max-w-[70ch] text-sm text-ink-2">{say('intro')}</p>
      <NewWebhook errors={errors} typed={typed} />
      {webhooks.length > 0 ? <WebhookTable webhooks={webhooks} /> : null}
      {deliveries.length > 0 ? <DeliveryTable deliveries={deliveries} webhooks={webhooks} /> : null}
    </section>
  )
}

function NewWebhook({ errors, typed }: { errors: Record<string, string>; typed: string }) {
  const { say } = useSaying(webhookSayIn)
  const eventsError = errors.events ?? errors['events.0']
  return (
    <Form method="post" className="grid gap-3" noValidate>
      <TextField
        label={say('address')}
        name="url"
        type="url"
        defaultValue={typed}
        error={errors.url}
      />
      <fieldset
        className="grid gap-1.5"
        aria-describedby={eventsError ? 'webhook-events' : undefined}
      >
        <legend className="mb-1 text-sm font-semibold">{say('tellWhen')}</legend>
        {webhookEventNames.map((event) => (
          <label key={event} className="flex items-center gap-2 text-sm">
            <input type="checkbox" name="events" value={event} defaultChecked />
            {say(`on.${event}`)} <code className="text-ink-3">{event}</code>
          </label>
        ))}
        {eventsError ? (
          <p id="webhook-events" className="text-sm text-danger">
            {eventsError}
          </p>
        ) : null}
      </fieldset>
      <button
        type="submit"
        name="intent"
        value="webhook-add"
        className="btn btn-primary justify-self-start"
      >
        {say('add')}
      </button>
    </Form>
  )
}

function WebhookTable({ webhooks }: { webhooks: readonly Webhook[] }) {
  const { say } = useSaying(webhookSayIn)
  return (
    <WideBox label={say('whoIsTold')}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('address')}</th>
            <th scope="col">{say('toldOf')}</th>
            <th scope="col">{say('state')}</th>
            <th scope="col">
              <span className="sr-only">{say('act')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map(({ id, url, events, isActive }) => (
            <tr key={id}>
              <td className="font-mono text-[13px] break-all">{url}</td>
              <td>{events.join(', ')}</td>
              <td>{say(isActive ? 'active' : 'paused')}</td>
              <td>
                <Form method="post" className="flex flex-wrap gap-3">
                  <input type="hidden" name="id" value={id} />
                  <ActButton intent="webhook-test" about={url}>
                    {say('test')}
                  </ActButton>
                  <ActButton intent={isActive ? 'webhook-pause' : 'webhook-resume'} about={url}>
                    {say(isActive ? 'pause' : 'resume')}
                  </ActButton>
                  <ActButton intent="webhook-remove" about={url}>
                    {say('remove')}
                  </ActButton>
                </Form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  )
}

function DeliveryTable({
  deliveries,
  webhooks,
}: {
  deliveries: readonly Delivery[]
  webhooks: readonly Webhook[]
}) {
  const { say, language } = useSaying(webhookSayIn)
  const urls = new Map(webhooks.map(({ id, url }) => [id, url]))
  return (
    <WideBox label={say('deliveries')}>
      <table className="data-table">
        <caption className="mb-2 text-left text-sm font-semibold">{say('lastDeliveries')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('event')}</th>
            <th scope="col">{say('to')}</th>
            <th scope="col">{say('when')}</th>
            <th scope="col">{say('became')}</th>
            <th scope="col">
              <span className="sr-only">{say('act')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <tr key={delivery.id}>
              <td>
                <code>{delivery.event}</code>
              </td>
              <td className="font-mono text-[13px] break-all">{urls.get(delivery.webhookId)}</td>
              <td>{moment(delivery.createdAt, language)}</td>
              <td>{whatBecameOf(delivery, language)}</td>
              <td>
                <Form method="post">
                  <input type="hidden" name="id" value={delivery.id} />
                  <ActButton intent="webhook-again" about={delivery.event}>
                    {say('again')}
                  </ActButton>
                </Form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  )
}

function ActButton({
  intent,
  about,
  children,
}: {
  intent: string
  about: string
  children: string
}) {
  return (
    <button
      type="submit"
      name="intent"
      value={intent}
      className="link text-sm"
      aria-label={`${children}: ${about}`}
    >
      {children}
    </button>
  )
}

/** A delivery's state in words: taken, tried and waiting, or given up, with the reason. */
function whatBecameOf(
  { deliveredAt, status, error, attempts, nextAttemptAt }: Delivery,
  language: Language,
): string {
  const say = webhookSayIn(language)
  if (deliveredAt !== null) return say('taken', { status: String(status) })
  if (attempts === 0) return say('waits')
  const reason = error ?? say('answered', { status: String(status) })
  const tries = say('tries', { count: attempts })
  return nextAttemptAt === null
    ? say('givenUp', { tries, reason })
    : say('nextAt', { tries, reason, when: moment(nextAttemptAt, language) })
}
