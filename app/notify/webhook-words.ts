/** What the settings of webhooks say. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { webhookWordsPt } from './webhook-words-pt.ts'

export const webhookWordsEn = {
  webhooks: 'Webhooks',
  intro:
    'Rubrica tells other systems what happens: a signed POST, tried again for about a day until it is taken.',
  address: 'Address',
  tellWhen: 'Tell it when',
  add: 'Add a webhook',
  whoIsTold: 'Who is told',
  toldOf: 'Told of',
  state: 'State',
  act: 'What to do',
  active: 'active',
  paused: 'paused',
  test: 'Send a test',
  pause: 'Pause',
  resume: 'Resume',
  remove: 'Remove',
  deliveries: 'Deliveries',
  lastDeliveries: 'The last deliveries',
  event: 'Event',
  to: 'To',
  when: 'When (UTC)',
  became: 'What became of it',
  again: 'Send again',
  taken: 'taken ({status})',
  waits: 'waits',
  answered: 'answered {status}',
  tries: { one: '{count} try', other: '{count} tries' },
  givenUp: 'given up after {tries}: {reason}',
  nextAt: '{tries}: {reason}; next at {when}',
  'on.drift.alarm': 'a version of a model changed for sure',
  'on.gate.changed': 'a watched gate gives another answer',
  'on.campaign.done': 'a campaign has all its judgments, or was closed',
  'on.snapshot.ready': 'a snapshot of a dataset is ready',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const webhookSayIn = sayingFrom({ en: webhookWordsEn, pt: webhookWordsPt })
