import type { Phrase } from '#app/ui/languages.ts'

/** What the room says of the line to the server, of pace and of how far a rater is, in English. */
export const deskWordsEn = {
  ready: 'Ready',
  notSent: 'Not sent',
  saved: 'Saved',
  saving: 'Saving…',
  offline: 'Offline: {count} kept here',
  'signed-out': 'Signed out: {count} kept here',
  server: 'Not reachable: {count} kept here',
  offlineDetail: 'You can go on. What you send waits on this device and goes by itself later.',
  'signed-outDetail':
    'Nothing is lost: what you send waits on this device. Sign in again and it goes by itself.',
  serverDetail:
    'The server does not answer for now. You can go on; what you send waits on this device.',
  notDurable:
    'This browser keeps nothing on the device: leave the page open until everything is saved.',
  signIn: 'Sign in',
  tryNow: 'Try now',
  dismiss: 'Dismiss',
  goOn: 'Go on',

  lapsed:
    'Your time with this task ran out while you were away. Go on if you like: what you send is kept, and it counts where the task still needs it.',
  withdrawn:
    'A lead withdrew this task. You may skip it; what you send of it is kept, but not counted.',
  disputed:
    'You changed this task on another page or device as well. What is here stays until you choose.',
  takeOther: 'Use the other',
  keepMine: 'Keep this one',
  pausedInHand: 'The campaign is paused. What you have in hand can still be finished.',
  closedInHand: 'The campaign is closed. What you have in hand is kept when you send it.',

  elsewhereTitle: 'This campaign is open in another tab',
  elsewhereDetail: 'Your words are safe. Go on there, or continue here.',
  continueHere: 'Continue here',

  keptOne: {
    one: '{count} answer was not taken. Its words are kept here.',
    other: '{count} answers were not taken. Their words are kept here.',
  },
  keptShow: 'Read',
  keptTitle: 'Kept here',
  keptDetail:
    'The server did not take these answers. They stay on this device until you remove them.',
  keptUnreadable: 'The server could not take it.',
  copy: 'Copy',
  copied: 'Copied',
  sendAgain: 'Send again',
  remove: 'Remove',

  paceNote:
    'Your last verdicts came faster than these texts can be read. Take the time you need; nobody is counting seconds.',

  batchTitle: {
    one: '{count} judgment done',
    other: '{count} judgments done',
  },
  batchActive: 'Active time',
  batchMedian: 'A judgment takes you',
  batchSkipped: 'Skipped',
  batchPause:
    'You have been at it for almost an hour. A few minutes away from the screen would do good.',
  minutes: { one: '{count} minute', other: '{count} minutes' },
  seconds: { one: '{count} second', other: '{count} seconds' },

  lessonWaiting: 'Looking at your answer…',
  lessonWaitingOffline:
    'Your answer is kept here. What was expected is shown as soon as the server answers.',
  right: 'That is right',
  wrong: 'Something else was expected',
  expected: 'Expected',
  why: 'Why',

  training: 'Training: {done} of {total}',
  qualifying: 'Qualification: {done} of {total}',
  passedTitle: 'Qualification passed',
  failedTitle: 'Qualification not passed',
  sittingScore: '{right} of {total} answers were right.',
  sittingPassed: 'The campaign is open to you. The next task is real work.',
  sittingAgain: 'You may try again, with other tasks. Reading the guidelines once more helps.',
  sittingOver: 'A lead can see how it went and may still let you in.',

  comment: 'Comment',
  reasons: 'Reasons',
  skipReason: 'Skipped because',
  flagReason: 'Flagged because',
} satisfies Record<string, Phrase>
