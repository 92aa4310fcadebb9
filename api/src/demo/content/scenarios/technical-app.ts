import { TECHNICAL_APP_REPLIES } from '../replies/technical-app.js';
import { inCategory } from '../scenario.js';

/** What goes wrong in the web app. */
export const TECHNICAL_APP = inCategory('technical', [
  {
    priority: 'high',
    titles: [
      'Error 500 when saving {thing}',
      'Saving {thing} fails: "Something went wrong"',
      "Can't save anything in {project}",
    ],
    stories: [
      'Every time I save {thing} in "{project}" I get "Something went wrong (500)". Reloading brings back the old version, so all I typed is lost.\n\nIt started [this morning|around {time}|yesterday afternoon]. {colleague} sees the same.',
      'Save button spins for about {seconds} seconds, then a red box: "Internal error, {request}". Other projects are fine, only "{project}" is affected.',
      '500 on save. "{project}", {thing}. Reproducible, every single time.',
    ],
    details: [
      '{browser}\nRequest id: {request}',
      'The console says: POST /api/v2/items 500 (Internal Server Error).',
    ],
    reason: 'Saving fails with a server error and work is lost.',
    replies: TECHNICAL_APP_REPLIES.saving,
  },
  {
    priority: 'high',
    titles: [
      "Blank page after [the update|last night's release]",
      'White screen on opening {feature}',
      '{feature} does not load any more',
    ],
    stories: [
      'Since [the update|{date}] {feature} [is just a white page|stays empty]. The menu on the left is there, nothing else. Cleared the cache, tried a private window, same thing.',
      'Opening {feature} gives a white screen for everyone on our team who uses {browser}. On {browser2} it works.',
    ],
    details: [
      "Console: TypeError: Cannot read properties of undefined (reading 'columns')",
      'ChunkLoadError: Loading chunk 4{card} failed.',
    ],
    reason: 'A main screen does not load for the customer.',
    replies: TECHNICAL_APP_REPLIES.blank,
  },
  {
    priority: 'medium',
    titles: [
      '"{report}" takes over {minutes} minutes to load',
      '{feature} is slow with more than {many} rows',
      'Everything [very|extremely|painfully] slow since {weekday}',
    ],
    stories: [
      'The report "{report}" used to open in a few seconds. Now it takes {minutes} minutes, sometimes it never comes. Our data has not grown much.',
      'Anything with more than {many} rows crawls: scrolling stutters, filters need {seconds} seconds. My laptop is new and the connection is good, so I do not think it is us.',
      'Is there a known problem with speed? {feature} is hardly usable between 9 and 11 in the morning, after lunch it is okay again.',
    ],
    details: [
      'I attached a recording of the network tab. The slowest request is /reports/run with {seconds} s.',
    ],
    reason: 'Slow loading; the product can still be used.',
    replies: TECHNICAL_APP_REPLIES.slow,
  },
  {
    priority: 'medium',
    titles: [
      'Upload of {file} fails at {percent} %',
      'Attachments over {size} MB do not upload',
      'Cannot attach files to {thing}',
    ],
    stories: [
      'I try to attach {file} ({size} MB). The bar stops at {percent} % and then says "Upload failed". Smaller files work.',
      'Uploads stop for all of us at around {size} MB, though your help page says the limit is higher. [Wired or wifi makes no difference.|We tried from two offices.]',
    ],
    details: ['Response: 413 Request Entity Too Large', '{browser}, also tried {browser2}.'],
    reason: 'Larger attachments cannot be uploaded.',
    replies: TECHNICAL_APP_REPLIES.upload,
  },
  {
    priority: 'medium',
    titles: [
      'Search does not find "{project}" [|any more]',
      'Search results are {days} days old',
      'Searching for "{project}" returns nothing',
    ],
    stories: [
      'When I search for "{project}", nothing is found, although I have it open in another tab. Things created before {date} turn up fine.',
      'Search seems to be behind: what I added {days} days ago is missing, what I deleted last week is still listed.',
    ],
    reason: 'Search misses entries that exist.',
    replies: TECHNICAL_APP_REPLIES.search,
  },
  {
    priority: 'medium',
    titles: [
      'Due dates are one day off',
      '"{report}" is in the wrong time zone',
      'Due date {date} shows as the day before in {city}',
    ],
    stories: [
      'I set a due date of {date} and my colleague in {city} sees the day before. Both of us have the right time zone in the profile.',
      'All times in "{report}" are [one hour|two hours] off since the clocks changed. The list view is right, only the report is not.',
    ],
    reason: 'Dates are shown in the wrong time zone.',
    replies: TECHNICAL_APP_REPLIES.timeZone,
  },
  {
    priority: 'critical',
    titles: [
      'Data missing: {many} entries of "{project}" are gone',
      'All of {month} has disappeared from "{project}"',
      'URGENT: our data was deleted after the merge',
    ],
    stories: [
      'We merged two projects into "{project}" {hours} hours ago, as the wizard suggests, and now {many} entries are missing. They are not in the archive and not in the trash.\n\nThis is what we bill our clients from. Please restore it from a backup before anything gets overwritten.',
      'Everything that was entered in {month} is gone from "{project}". {colleague} still saw it at {time}. Nobody here deleted anything; the activity log shows nothing either.',
    ],
    details: ['We have stopped working in that project so that nothing is made worse.'],
    reason: 'Customer data appears to be lost.',
    replies: TECHNICAL_APP_REPLIES.dataLoss,
  },
  {
    priority: 'high',
    titles: [
      'Totals in {sums} differ from {feature}',
      '"{sums}" shows {amount}, should be {amount2}',
      'Wrong sums in {sums} for {month}',
    ],
    stories: [
      'For {month} the report "{sums}" says {amount}, while adding up the single entries gives {amount2}. I checked it by hand twice.\n\nWe send this to clients, so I need to know which of the two is right.',
      'Since {date} entries of archived projects are counted in "{sums}". Last month they were not. Now all our numbers look too high.',
    ],
    reason: 'A report shows wrong totals that clients rely on.',
    replies: TECHNICAL_APP_REPLIES.totals,
  },
  {
    priority: 'medium',
    titles: [
      'Typing lags in long [descriptions|comments|texts]',
      'Cursor jumps to the end while I type',
      'Editor swallows letters in {browser}',
    ],
    stories: [
      'When a text gets longer than a page, each key needs about a second to appear. With {browser2} it is a little better.',
      'While I write, the cursor jumps to the end of the text whenever somebody else saves. I have garbled three descriptions today because of it.',
    ],
    details: ['{browser} on {os}.'],
    reason: 'The text editor misbehaves while typing.',
    replies: TECHNICAL_APP_REPLIES.editor,
  },
  {
    priority: 'low',
    titles: [
      'PDF of "{report}" cuts off the last column',
      'Logo squashed in PDF exports',
      'Last column missing when printing "{report}"',
    ],
    stories: [
      'When I save "{report}" as PDF, the last column is cut off, in landscape as well. On screen everything is there.',
      'Our logo is stretched in all PDFs since {date}. It is a square file, 512 by 512. Not urgent, it just looks unprofessional.',
    ],
    reason: 'A layout fault in PDF exports.',
    replies: TECHNICAL_APP_REPLIES.print,
  },
  {
    priority: 'low',
    titles: [
      'Dark mode: text hard to read in {feature}',
      'Dropdown hidden behind the header ({device})',
      '{feature}: grey on grey in dark mode',
    ],
    stories: [
      'In dark mode the table headings in {feature} are dark grey on black. I can guess what they say, but reading is something else :)',
      'On my {device} the dropdown for status opens behind the header when the row is near the top. Scrolling down a little helps.',
    ],
    reason: 'A cosmetic fault in the interface.',
    replies: TECHNICAL_APP_REPLIES.looks,
  },
  {
    priority: 'low',
    titles: [
      'Undo brings back the wrong [card|thing]',
      'Keyboard shortcuts stopped working in {feature}',
      'Ctrl+Z in "{project}" restores the wrong card',
    ],
    stories: [
      'Undo after moving a card restores the one before it instead. Took me a while to notice.',
      'Since the last update the shortcuts in {feature} do nothing until I click into the page once. Small thing, but I use them all day.',
    ],
    reason: 'A minor fault with undo or shortcuts.',
    replies: TECHNICAL_APP_REPLIES.shortcuts,
  },
  {
    priority: 'medium',
    titles: [
      'Timer keeps running after I stop it',
      'Timer and timesheet disagree',
      'Timesheet shows {hours} hours I did not work',
    ],
    stories: [
      'I stopped the timer at {time} and closed the laptop. This morning my timesheet says {hours} hours for "{project}". It happened to {colleague} too.',
      'Two tabs open, timer stopped in one, still running in the other. The one that is wrong wins. I correct my timesheet nearly every day now.',
    ],
    reason: 'Time tracking records wrong hours.',
    replies: TECHNICAL_APP_REPLIES.timer,
  },
]);
