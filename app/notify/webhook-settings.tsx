import { Form } from '@remix-run/react'
import { TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import { webhookEventNames, webhookEvents } from './webhook-events.ts'
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
  return (
    <section className="card grid gap-4" aria-labelledby="webhooks">
      <h2 id="webhooks">Webhooks</h2>
      <p className="max-w-[70ch] text-sm text-ink-2">
        Rubrica tells other systems what happens: a signed POST, tried again for about a day until
        it is taken.
      </p>
      <NewWebhook errors={errors} typed={typed} />
      {webhooks.length > 0 ? <WebhookTable webhooks={webhooks} /> : null}
      {deliveries.length > 0 ? <DeliveryTable deliveries={deliveries} webhooks={webhooks} /> : null}
    </section>
  )
}

function NewWebhook({ errors, typed }: { errors: Record<string, string>; typed: string }) {
  const eventsError = errors.events ?? errors['events.0']
  return (
    <Form method="post" className="grid gap-3" noValidate>
      <TextField label="Address" name="url" type="url" defaultValue={typed} error={errors.url} />
      <fieldset
        className="grid gap-1.5"
        aria-describedby={eventsError ? 'webhook-events' : undefined}
      >
        <legend className="mb-1 text-sm font-semibold">Tell it when</legend>
        {webhookEventNames.map((event) => (
          <label key={event} className="flex items-center gap-2 text-sm">
            <input type="checkbox" name="events" value={event} defaultChecked />
            {webhookEvents[event]} <code className="text-ink-3">{event}</code>
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
        Add a webhook
      </button>
    </Form>
  )
}

function WebhookTable({ webhooks }: { webhooks: readonly Webhook[] }) {
  return (
    <WideBox label="Who is told">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Address</th>
            <th scope="col">Told of</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="sr-only">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map(({ id, url, events, isActive }) => (
            <tr key={id}>
              <td className="font-mono text-[13px] break-all">{url}</td>
              <td>{events.join(', ')}</td>
              <td>{isActive ? 'active' : 'paused'}</td>
              <td>
                <Form method="post" className="flex flex-wrap gap-3">
                  <input type="hidden" name="id" value={id} />
                  <ActButton intent="webhook-test" about={url}>
                    Send a test
                  </ActButton>
                  <ActButton intent={isActive ? 'webhook-pause' : 'webhook-resume'} about={url}>
                    {isActive ? 'Pause' : 'Resume'}
                  </ActButton>
                  <ActButton intent="webhook-remove" about={url}>
                    Remove
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
  const urls = new Map(webhooks.map(({ id, url }) => [id, url]))
  return (
    <WideBox label="Deliveries">
      <table className="data-table">
        <caption className="mb-2 text-left text-sm font-semibold">The last deliveries</caption>
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">To</th>
            <th scope="col">When (UTC)</th>
            <th scope="col">What became of it</th>
            <th scope="col">
              <span className="sr-only">What to do</span>
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
              <td>{moment(delivery.createdAt)}</td>
              <td>{whatBecameOf(delivery)}</td>
              <td>
                <Form method="post">
                  <input type="hidden" name="id" value={delivery.id} />
                  <ActButton intent="webhook-again" about={delivery.event}>
                    Send again
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
function whatBecameOf({ deliveredAt, status, error, attempts, nextAttemptAt }: Delivery): string {
  if (deliveredAt !== null) return `taken (${status})`
  if (attempts === 0) return 'waits'
  const reason = error ?? `answered ${status}`
  const tries = `${attempts} ${attempts === 1 ? 'try' : 'tries'}`
  return nextAttemptAt === null
    ? `given up after ${tries}: ${reason}`
    : `${tries}: ${reason}; next at ${moment(nextAttemptAt)}`
}
