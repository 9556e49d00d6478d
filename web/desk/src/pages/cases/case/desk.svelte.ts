// One case on the desk: what the server says of it, what is being typed, and how far that is saved.
import { command, documentUrl, makeLetter, onChanged, Problem, procedureById, query, session, type Change, type Commands } from '$api'
import { registration } from '$desk/begin'
import { isCode } from '$desk/codes'
import { deepEqual, expectedValues, fieldsOf, isObject, isShown, validate, type Answer, type Context, type Procedure, type Value, type Values } from '$procedure'
import { dateText, joinDraft, nameIn, splitDraft, t, todayText, type Sources } from '$ui'
import { fromRegister, fromStreet, marksOf } from '../prefill'
import { handedOver, isOpenForm, isOver, isSignature, isUnsheeted, stepsOf, whereOf, type Step } from '../status'
import type { CaseData, CaseDocument, Where } from '../types'

type Named<K extends string> = { [N in keyof Commands]: Commands[N] extends { payload: { [F in K]: string } } ? N : never }[keyof Commands]

/** How long an echo of our own change is taken for one. */
const echo = 1500
/** When to look after all, if only echoes seemed to come. */
const later = 15_000

const plain = (values: Values): Values => JSON.parse(JSON.stringify(values))

export class CaseDesk {
  data = $state.raw<CaseData>()
  failed = $state.raw<Problem>()
  values = $state<Values>({})
  /** Where the program put values in; kept with the draft. */
  sources = $state.raw<Sources>({})
  /** What the register says, in the form's shape. */
  register = $state.raw<Values>({})
  /** The person of the case may not be shown here. */
  personHidden = $state('')
  /** What the server said of single fields. */
  answers = $state.raw<Answer[]>([])
  saving = $state<'no' | 'yes' | 'failed'>('no')
  savedAt = $state<string>()
  /** Somebody typed into the same case elsewhere. */
  elsewhere = $state.raw<{ form: Values; who: string; at: number }>()
  /** Cases of the same person that somebody else has begun and not finished. */
  alongside = $state.raw<{ id: string; number: string; opened_at_ms: number; opened_by_name?: string }[]>([])
  /** Why what was typed cannot be kept, when it is more than a lost line. */
  trouble = $state.raw<Problem>()
  private told = $state<Where>()
  private lastSent = ''
  private quietUntil = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private streets: Record<string, Value> = {}

  readonly place = $derived(session.get()?.place ?? 'hub')

  constructor(readonly id: string) {}

  // ---- what follows from the data ----
  readonly status = $derived(this.data?.case.status ?? 'draft')
  readonly procedure: Procedure | undefined = $derived(this.data && procedureById(this.data.case.procedure))
  readonly context: Context = $derived({ today: todayText(), channel: this.data?.case.channel ?? 'counter', codeLists: isCode })
  readonly where: Where = $derived(whereOf(this.status, this.place, this.told))
  readonly over = $derived(isOver(this.status))
  /** Signed at a Koffer and closed to it: nobody reads or changes it here any more, nor is anything of it printed again. */
  readonly sealed = $derived(this.place === 'koffer' && this.data !== undefined && !this.data.case.title)
  /** The form can still be changed. */
  readonly open = $derived(this.data !== undefined && isOpenForm(this.status) && (session.get()?.user?.permissions.includes('case.write') ?? false))
  readonly fields = $derived(this.procedure ? fieldsOf(this.procedure) : [])
  /** The form as it would be taken, or as it was. */
  readonly form: Values = $derived(this.open ? plain(expectedValues(this.fields, this.values, this.context)) : (this.data?.form ?? {}))
  /** Opened again after it was signed, and not yet taken anew. */
  readonly reopened = $derived(this.status === 'captured' && this.data?.case.submitted_at_ms === null)
  readonly changed = $derived(this.status === 'captured' && this.data !== undefined && (this.reopened || !deepEqual(this.form, this.data.form)))
  readonly tasks = $derived(this.data?.tasks ?? [])
  /** The persons of the form, as they are called. */
  readonly names: string[] = $derived((Array.isArray(this.form.persons) ? this.form.persons : []).map((person, index) => nameIn(person) || `Person ${index + 1}`))
  readonly nameOf = (index: number): string => this.names[index] ?? `Person ${index + 1}`
  /** Who signs, as the form says: the one who signs for all, the only person, or somebody for them. */
  readonly signer = $derived.by(() => {
    const { signer, signer_name, persons } = this.form
    if (signer !== undefined && signer !== 'person') return nameIn(signer_name)
    const all = Array.isArray(persons) ? persons : []
    return nameIn(all.find((one) => isObject(one) && one.signs === true) ?? all[0])
  })
  /** The law asks for no registration here: the case ends with that word, unsigned. */
  readonly notNeeded = $derived(typeof this.form.exemption === 'string' && this.form.exemption !== 'none' ? this.form.exemption : '')
  readonly marks: Record<string, string> = $derived(
    marksOf(this.form, this.register, {
      same: t('case.from_register'), other: t('case.not_as_register'),
      differs: (value) => t('case.register_says', { value: typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? dateText(value) : String(value) }),
    }),
  )
  readonly evidence = $derived((this.procedure?.evidence ?? []).map((one) => {
    const documents = this.documents.filter(({ kind }) => kind === one.id)
    const needed = one.required_when !== undefined && isShown({ when: one.required_when }, [this.form], this.context)
    return { ...one, documents, needed, missing: needed && documents.length === 0 }
  }))
  /** Somebody signed with a pen, and the sheet does not lie with the case: it cannot be booked. */
  readonly unsheeted = $derived(isUnsheeted(this.status, this.documents))
  readonly notices = $derived(this.procedure ? validate(this.procedure, this.form, this.context).filter(({ severity }) => severity === 'notice') : [])
  readonly handed = $derived(handedOver(this.data?.findings ?? []))
  readonly handouts = $derived(((this.procedure?.handouts as string[] | undefined) ?? []).filter((what) => what !== 'confirmation'))
  readonly steps: Step[] = $derived(stepsOf({
    status: this.status, place: this.place, changed: this.changed,
    notNeeded: this.notNeeded !== '',
    missing: this.evidence.filter(({ missing }) => missing).length,
    attached: this.evidence.reduce((sum, { documents }) => sum + documents.length, 0),
    reached: this.data?.case.decision === 'revoked' ? 4 : this.data?.case.form_hash ? (this.documents.some(isSignature) ? 2 : 1) : 0,
    handedOver: this.handouts.every((what) => this.handed.has(what)),
  }))
  get documents(): CaseDocument[] {
    return this.data?.documents ?? []
  }

  // ---- coming and going ----
  /** Loads the case and listens; answers with the function that stops it. */
  start(): () => void {
    void this.load()
    const end = onChanged(['case', 'document', 'conflict', 'task', 'outbox'], (changed) => this.heard(changed))
    return () => {
      end()
      clearTimeout(this.timer)
    }
  }

  private heard(changed: Change[]): void {
    const ours = changed.length === 0 || changed.some(({ type, id }) => id === '' || (type === 'case' ? id === this.id : type === 'task' ? this.tasks.some((task) => task.id === id) : type === 'outbox' ? this.data?.outbox.some((message) => message.id === id) : type !== 'document' || this.documents.some(({ hash, preview }) => hash.startsWith(id) || preview?.startsWith(id))))
    if (!ours) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(), Date.now() < this.quietUntil ? later : 250)
  }

  async load(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    try {
      const data = (await query('case.get', { case_id: this.id }, 'Bearbeitung des Vorgangs')) as CaseData
      const first = this.data === undefined
      this.told = data.case.certainty
      this.failed = undefined
      if (first) await this.begin(data)
      else this.renew(data)
      this.data = data
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // What stands on the screen stays; only the first time there is nothing to show.
      if (!this.data) this.failed = error
      else if (error.status === 0) this.timer = setTimeout(() => void this.load(), 5000)
    }
  }

  private async begin(data: CaseData): Promise<void> {
    const open = isOpenForm(data.case.status)
    const { form: start, sources } = splitDraft(open ? (data.draft?.form ?? data.form) : data.form)
    this.sources = sources
    if (open && data.draft) this.savedAt = new Date(data.draft.saved_at_ms).toISOString()
    this.lastSent = JSON.stringify(data.draft?.form ?? {})
    const known = await this.ask(data)
    this.register = known
    this.values = Object.keys(start).length > 0 ? start : plain(this.beginning(data, known))
    for (const name of ['new_dwelling', 'previous_dwelling']) this.streets[name] = isObject(this.values[name]) ? this.values[name].street_key : undefined
  }

  /** What the register knows of the person of the case. Nothing, if there is none or it may not be shown. */
  private async ask(data: CaseData): Promise<Values> {
    const person = data.case.person_id
    if (!person || data.case.procedure !== registration || !isOpenForm(data.case.status)) return {}
    try {
      const answer = await query('person.get', { person_id: person }, `Vorgang ${data.case.number}`)
      this.alongside = ((answer.cases ?? []) as typeof this.alongside).filter(({ id }) => id !== this.id)
      return fromRegister(answer, session.get()?.tenant?.ags)
    } catch (error) {
      if (error instanceof Problem) this.personHidden = `${error.words.de} ${error.words.do}`
      return {}
    }
  }

  /** An empty form: what the register knows, one item where one is always needed, and the own municipality. */
  private beginning(data: CaseData, known: Values): Values {
    const procedure = procedureById(data.case.procedure)
    const always = (procedure ? fieldsOf(procedure) : []).filter(({ type, required, min_items }) => type === 'list' && required && (min_items ?? 0) > 0)
    const items = Object.fromEntries(always.map(({ name }) => [name, [{}]]))
    const ags = session.get()?.tenant?.ags
    const ours = data.case.procedure === registration
    return { ...items, ...(ours ? { persons: [{ family_role: 'head' }] } : {}), ...known, ...(ours && ags?.length === 8 ? { new_dwelling: { ags } } : {}) }
  }

  /** News of the server, without ever touching what is being typed. */
  private renew(data: CaseData): void {
    if (!isOpenForm(data.case.status)) {
      this.values = data.form
      this.elsewhere = undefined
      return
    }
    const draft = data.draft
    const theirs = draft && JSON.stringify(draft.form) !== this.lastSent && (!this.savedAt || draft.saved_at_ms > Date.parse(this.savedAt))
    this.elsewhere = theirs && !deepEqual(splitDraft(draft.form).form, plain(this.values)) ? { form: draft.form, who: draft.saved_by === session.get()?.user?.id ? '' : (draft.saved_by_name ?? ''), at: draft.saved_at_ms } : undefined
  }

  takeElsewhere(): void {
    if (!this.elsewhere) return
    const { form, sources } = splitDraft(this.elsewhere.form)
    this.values = form
    this.sources = sources
    this.elsewhere = undefined
  }

  // ---- doing ----
  /** Keeps what is typed, as it stands. Throws when it could not. */
  saveNow = (): Promise<void> => this.save(joinDraft(plain(this.values), this.sources))
  /** Keeps a draft. Throws when it could not, so that it is tried again. */
  save = async (form: Values): Promise<void> => {
    const text = JSON.stringify(form)
    this.quietUntil = Date.now() + 30_000
    // A wait that can be noticed is spoken of, though the attempt still goes on.
    const slow = setTimeout(() => (this.saving = 'failed'), 1500)
    if (this.saving === 'no') this.saving = 'yes'
    try {
      const done = await command('draft.save', { case_id: this.id, form })
      this.lastSent = text
      this.savedAt = done.answer.saved_at
      this.trouble = undefined
      this.saving = 'no'
    } catch (error) {
      this.saving = 'failed'
      this.trouble = error instanceof Problem && error.status > 0 && error.status !== 401 ? error : undefined
      if (!(error instanceof Problem) || error.code !== 'case_wrong_status') throw error
      // Signed or withdrawn elsewhere in the meantime.
      this.saving = 'no'
      this.trouble = undefined
      await this.load()
    } finally {
      clearTimeout(slow)
      this.quietUntil = Date.now() + echo
    }
  }

  /** Runs a command of this case and shows what came of it. */
  async run<N extends Named<'case_id'>>(name: N, payload: Omit<Commands[N]['payload'], 'case_id'>): Promise<Commands[N]['answer']> {
    const done = await command(name, { case_id: this.id, ...payload } as unknown as Commands[N]['payload'])
    this.told = done.certainty
    this.quietUntil = Date.now() + echo
    await this.load()
    return done.answer
  }

  /** Makes a letter and opens it; the window is opened at once, so that the browser lets it. */
  async openLetter(name: string): Promise<string> {
    const page = window.open('', '_blank')
    try {
      const hash = await makeLetter(name, this.id)
      if (page) page.location.href = this.address(hash)
      this.quietUntil = Date.now() + echo
      await this.load()
      return hash
    } catch (error) {
      page?.close()
      throw error
    }
  }

  address(hash: string): string {
    return documentUrl(hash, this.id)
  }

  /** A street chosen from the directory says postcode and place too. */
  async fillStreet(name: 'new_dwelling' | 'previous_dwelling'): Promise<void> {
    const dwelling = this.values[name]
    if (!isObject(dwelling) || dwelling.street_key === this.streets[name]) return
    const key = dwelling.street_key
    this.streets[name] = key
    if (typeof key !== 'string' || key === '') return
    const found = await query('reference.search', { list: 'street', text: key, limit: 5 }).catch(() => ({ entries: [] }))
    const entry = (found.entries as { code: string; extra?: Record<string, unknown> }[]).find(({ code }) => code === key)
    const now = this.values[name]
    if (entry?.extra && isObject(now) && now.street_key === key) Object.assign(now, fromStreet(now, entry.extra))
  }
}

