// One person at the terminal: what is missing is asked, what is known is gone through, the person signs, and the work is finished.
import { App, Button } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { Issue, Text } from "../../../core/issue.ts";
import { placeItems } from "../../../modules/supervision/rules.ts";
import { checker } from "../../../scheme/check.ts";
import { answerAt, itemAt, withDefaults } from "../../../scheme/layout.ts";
import { FieldNotice } from "../../office/capture/notice-block.tsx";
import { standstill } from "../../office/capture/submission.ts";
import type { FieldMark } from "../../office/form/field-props.ts";
import { FaultSummary } from "../../office/form/fault-summary.tsx";
import { focusItem, itemOf } from "../../office/form/focus.ts";
import { FormEditor } from "../../office/form/form-editor.tsx";
import { nextFault } from "../../office/form/form-issues.ts";
import type { FormAction } from "../../office/form/form-state.ts";
import type { Remark } from "../../office/form/remark-box.tsx";
import { useForm } from "../../office/form/use-form.ts";
import { today } from "../../shared/figures.ts";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import type { PersonFile } from "../ports.ts";
import type { CardReading } from "../readers/card.ts";
import { shownDigest, signatureStanding } from "../signing/digest.ts";
import { agentPath, answersOf, askedPaths, byHand, changedBy, knownParts, onlyAsked, remarksWith, signaturePath, textAt, typedByHand, withReason, without, workOf } from "./capture.ts";
import { CardDialogs } from "./card-dialogs.tsx";
import { CardNoteView } from "./card-note.tsx";
import { DiffersDialog, FinishPanel } from "./finish-panel.tsx";
import { faultIssues, FaultView, faultText } from "./fault-view.tsx";
import { HomePlacePanel } from "./home-place-panel.tsx";
import { KnownValues } from "./known-values.tsx";
import { OutcomeDialog } from "./outcome-dialog.tsx";
import { PersonHead } from "./person-head.tsx";
import { PictureField } from "./picture-field.tsx";
import { CaptureDeskProvider } from "./pictures.ts";
import { useCard } from "./use-card.ts";
import { useCardReader } from "./use-card-reader.ts";
import { useTerminal } from "./terminal-context.tsx";
import { useWork } from "./use-work.ts";

const NOTHING: ReadonlySet<string> = new Set();

export function CaptureView({ file, card: handed }: { readonly file: PersonFile; readonly card: CardReading | undefined }): ReactNode {
  const say = usePhrases(personWords);
  const read = useText();
  const { message } = App.useApp();
  const { core, go } = useTerminal();
  const { scheme, person } = file;
  const { record } = person;
  const known = answersOf(person);
  const round = core.campaigns().find(({ id }) => id === person.campaign);
  const place = round?.place ? placeItems(scheme) : undefined;
  const referenceDate = round?.referenceDate ?? scheme.referenceDate;
  const [begun] = useState(() => workOf(file, new Date().toISOString()));
  // What the office found is said, and does not stop anything here: only the check can.
  const theirs = useMemo(() => person.issues.map((issue): Issue => ({ ...issue, severity: "note" })), [person]);
  const form = useForm(scheme, begun.answers, referenceDate, theirs);
  const { state, drawn, dispatch: send } = form;
  const work = useWork(core, begun, state.answers);
  const { beside, change, touch } = work;
  const [mode, setMode] = useState<"missing" | "all">("missing");
  const [verified, setVerified] = useState(false);
  const [dialog, setDialog] = useState<"outcome" | "differs">();
  const [unlocking, setUnlocking] = useState<string>();
  const [stranger, setStranger] = useState<CardReading>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ readonly say: Text; readonly issues: readonly Issue[] }>();

  /** What somebody does in the form: values typed by hand are no longer the card's. */
  const dispatch = useCallback(
    (action: FormAction): void => {
      send(action);
      if (action.kind === "answer") change((now) => ({ ...now, provenance: typedByHand(now.provenance, action.path, now.channel === "paper") }));
      else if (action.kind === "add-row" || action.kind === "remove-row") touch();
    },
    [send, change, touch],
  );
  const { note: cardNote, apply: applyCard } = useCard({ core, record, scheme, answers: state.answers, dispatch: send, work });
  const takeCard = useCallback(
    async (card: CardReading): Promise<void> => {
      const own = textAt(state.answers, scheme.identity?.idNumber);
      if (own !== "" && own !== card.idNumber) setStranger(card);
      else await applyCard(card);
    },
    [state.answers, scheme, applyCard],
  );
  const begunCard = useRef(handed);
  useEffect(() => {
    const card = begunCard.current;
    begunCard.current = undefined;
    if (card) void takeCard(card);
  }, [takeCard]);
  const reader = useCardReader((card) => void takeCard(card));

  const signature = signaturePath(drawn);
  const signed = textAt(state.answers, signature) || undefined;
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    let gone = false;
    void shownDigest(scheme, form.settled).then((digest) => gone || setShown(digest));
    return () => {
      gone = true;
    };
  }, [scheme, form.settled]);
  // A signature that the office holds stands for what the office holds.
  const theirSignature = signed !== undefined && signed === textAt(known, signature);
  const [theirDigest, setTheirDigest] = useState<string>();
  useEffect(() => {
    const context = { today: today(), referenceDate };
    let gone = false;
    void shownDigest(scheme, checker(scheme)(withDefaults(scheme, answersOf(person), context), context).answers).then((digest) => gone || setTheirDigest(digest));
    return () => {
      gone = true;
    };
  }, [scheme, person, referenceDate]);
  const signedDigest = beside.signedDigest ?? (theirSignature ? theirDigest : undefined);
  const standing = signatureStanding(signed, signedDigest, shown);

  const remarks = useMemo(() => remarksWith(person.remarks, beside.remarkAnswers), [person.remarks, beside.remarkAnswers]);
  const remarked = useMemo(() => new Set(person.remarks.filter((remark) => remark.answer === undefined).map((remark) => remark.path)), [person.remarks]);
  const askedBefore = useRef(NOTHING);
  const asked = (askedBefore.current = askedPaths(drawn, form.issues, remarked, askedBefore.current));
  const unsigned = useMemo(() => without(drawn, signature), [drawn, signature]);
  const forms = useMemo(() => (mode === "all" ? unsigned : onlyAsked(unsigned, asked)), [mode, unsigned, asked]);
  const parts = useMemo(() => knownParts(unsigned, asked), [unsigned, asked]);
  const changed = useMemo(() => changedBy(scheme, known, state.answers, signature), [scheme, known, state.answers, signature]);
  const remarksAt = useMemo(() => {
    const map = new Map<string, Remark[]>();
    for (const remark of remarks) map.set(remark.path, [...(map.get(remark.path) ?? []), { ...remark, revision: person.head }]);
    return map;
  }, [remarks, person.head]);
  const marks = useMemo(() => {
    const map = new Map<string, FieldMark>();
    const base = person.state === "listed" ? say("base") : say("knownMark");
    const moved = new Set(changed);
    for (const { path } of unsigned.flatMap(({ sections }) => sections.flatMap(({ rows }) => rows.flat()))) {
      if (beside.provenance[path] === "card") map.set(path, { label: say("card"), known: true, locked: true });
      else if (beside.provenance[path] === "device") map.set(path, { label: say("measured"), known: true, locked: false });
      else if (beside.provenance[path] === "manual") map.set(path, { label: say("manual"), known: false, locked: false });
      else if (answerAt(known, path) !== undefined && !moved.has(path)) map.set(path, { label: base, known: true, locked: false });
    }
    return map;
  }, [unsigned, beside.provenance, changed, known, person.state, say]);

  const desk = useMemo(
    () => ({
      core,
      record,
      toJudge: beside.toJudge,
      onToJudge: (picture: string) => change((now) => ({ ...now, toJudge: [...now.toJudge, picture] })),
      onSigned: async (path: string) => {
        if (path !== signature) return;
        const { answers } = checker(scheme)(state.answers, { today: today(), referenceDate });
        const digest = await shownDigest(scheme, answers);
        change((now) => ({ ...now, signedDigest: digest }));
      },
    }),
    [core, record, beside.toJudge, change, signature, scheme, state.answers, referenceDate],
  );
  const media = useMemo(() => ({ store: (path: string, picture: File) => core.storePicture(record, path, picture), address: () => "", Field: PictureField }), [core, record]);
  const onAnswer = useCallback((remark: Remark, answer: string): void => change((now) => ({ ...now, remarkAnswers: { ...now.remarkAnswers, [remark.id]: answer } })), [change]);

  const home = (): void => go({ page: "home" });
  const correction = person.state === "accepted";
  const typed = byHand(changed, beside.provenance);
  const mustVerify = mode === "missing" && parts.length > 0 && typed.length === 0;
  const needsReason = correction || form.issues.some((issue) => issue.severity === "explain") || beside.reason !== undefined;

  const isSignature = (issue: Issue): boolean => issue.paths.length === 1 && issue.paths[0] === signature;
  const stop = (words: string, path?: string, selector?: string): void => {
    message.warning(words);
    if (selector !== undefined) document.querySelector<HTMLElement>(selector)?.focus();
    else if (path !== undefined) focusItem(path);
  };
  const finish = async (asSigned = false): Promise<void> => {
    if (busy) return;
    send({ kind: "submit-asked" });
    const issues = form.issuesNow();
    const why = standstill(issues.filter((issue) => !isSignature(issue)), remarks, beside.reason ?? "", correction);
    if (why?.kind === "faults") return stop(say("finishFaults", { n: why.count }), why.path);
    if (why?.kind === "remarks") return stop(say("finishRemarks", { n: why.count }), why.path);
    if (round?.notice && beside.notice?.digest !== round.notice.digest) return stop(say("finishNotice"), undefined, "[data-notice] input");
    if (why?.kind === "reason") return stop(say("finishReason"), undefined, '[name="reason"]');
    if (mustVerify && !verified) return stop(say("finishNeeds"), undefined, '[name="unchanged"]');
    if (issues.some((issue) => isSignature(issue) && issue.severity === "block")) return stop(say("finishSign"), undefined, '[data-sign] [data-action="sign"]');
    const { answers } = checker(scheme)(state.answers, { today: today(), referenceDate });
    if (!asSigned && signatureStanding(signed, signedDigest, await shownDigest(scheme, answers)) === "differs") return setDialog("differs");
    setBusy(true);
    setDialog(undefined);
    const { work: done, undo } = await work.handOver();
    try {
      await core.finish(done);
      message.success(say("finished", { name: textAt(state.answers, scheme.identity?.name) }));
      home();
    } catch (error) {
      undo();
      setBusy(false);
      setFault({ say: faultText(error), issues: faultIssues(error) });
      window.scrollTo({ top: 0 });
    }
  };
  const setAgent = (): void => {
    const path = agentPath(scheme);
    if (path === undefined) return;
    setMode("all");
    dispatch({ kind: "answer", path, value: true });
    requestAnimationFrame(() => focusItem(path));
  };
  const blocking = form.issues.filter((issue) => issue.severity === "block" && !isSignature(issue));
  const dialogOpen = dialog !== undefined || unlocking !== undefined || stranger !== undefined;
  useShortcuts((combo, { target }) => {
    if (dialogOpen || (target instanceof Element && target.closest(".ant-modal"))) return false;
    if (combo === "F2") void reader.read();
    else if (combo === "Ctrl+S") void work.save();
    else if (combo === "Ctrl+Enter") void finish();
    else if (combo === "F8") {
      send({ kind: "submit-asked" });
      // The person signs last, when everything else stands.
      const issues = form.issuesNow();
      const others = issues.filter((issue) => !isSignature(issue));
      const path = nextFault(scheme, others.some((issue) => issue.severity === "block") ? others : issues, itemOf(target));
      if (path !== undefined) focusItem(path);
    } else if (combo === "Escape" && !(target instanceof Element && target.closest(".ant-select-open"))) home();
    else return false;
    return true;
  });

  const listed = state.submitAsked && blocking.length > 0;
  const openRemarks = remarks.filter((remark) => remark.answer === undefined).length;
  const name = textAt(state.answers, scheme.identity?.name);
  return (
    <CaptureDeskProvider value={desk}>
      <PersonHead file={file} name={name} idNumber={textAt(state.answers, scheme.identity?.idNumber)} remarks={remarks} reader={reader} onAgent={agentPath(scheme) === undefined ? undefined : setAgent} onOutcome={person.head > 0 || person.state === "listed" ? () => setDialog("outcome") : undefined} onHome={home} />
      {fault ? (
        <FaultView say={fault.say} title={read(fault.say)}>
          <ul>
            {fault.issues.map((issue, i) => (
              <li key={`${issue.code}-${i}`}>{read(issue.message)}</li>
            ))}
          </ul>
        </FaultView>
      ) : null}
      {cardNote ? <CardNoteView scheme={scheme} note={cardNote} /> : null}
      <section className="missing" aria-label={say("missingTitle")} data-mode={mode}>
        <div className="missing-head">
          <h2>{say("missingTitle")}</h2>
          <span role="status" aria-busy={form.checking} {...(listed ? {} : { "data-faults": blocking.length })} className={blocking.length + openRemarks > 0 ? "fault-block" : "fault-none"}>
            {blocking.length > 0 ? say("missingCount", { n: blocking.length }) : openRemarks > 0 ? say("answerRemarks", { n: openRemarks }) : say("nothingMissing")}
          </span>
          <span className="spread" />
          <Button data-action="mode" onClick={() => setMode(mode === "all" ? "missing" : "all")}>
            {say(mode === "all" ? "showMissing" : "showAll")}
          </Button>
        </div>
        <FormEditor scheme={scheme} forms={forms} shownIssues={form.shownIssues} remarks={remarksAt} dispatch={dispatch} media={media} disabled={busy} onAnswer={onAnswer} marks={marks} onUnlock={setUnlocking} />
      </section>
      {mode === "missing" && parts.length > 0 ? (
        <section className="panel" aria-label={say("knownTitle")}>
          <div className="missing-head">
            <h2>{say("knownTitle")}</h2>
            <span className="spread" />
            <Button data-action="change" onClick={() => setMode("all")}>
              {say("knownChange")}
            </Button>
          </div>
          <KnownValues scheme={scheme} parts={parts} />
        </section>
      ) : null}
      {listed ? <FaultSummary scheme={scheme} issues={form.issues.filter((issue) => !isSignature(issue))} checking={form.checking} /> : null}
      {round?.notice ? <FieldNotice notice={round.notice} said={beside.notice} onSaid={(notice) => change((now) => ({ ...now, notice }))} /> : null}
      {place ? <HomePlacePanel scheme={scheme} items={place} answers={state.answers} send={send} dispatch={dispatch} beside={beside} change={change} busy={busy} /> : null}
      <FinishPanel
        scheme={scheme}
        signature={signature}
        signed={signed}
        standing={standing}
        dispatch={dispatch}
        mustVerify={mustVerify}
        verified={verified}
        onVerify={setVerified}
        changed={typed.length}
        beside={beside}
        change={change}
        needsReason={needsReason}
        kept={work.kept}
        busy={busy}
        onFinish={() => void finish()}
      />
      {dialog === "outcome" ? (
        <OutcomeDialog
          onCancel={() => setDialog(undefined)}
          onDone={async (outcome) => {
            const { undo } = await work.handOver();
            try {
              await core.setOutcome(record, outcome);
            } catch (error) {
              undo();
              throw error;
            }
            message.success(say("outcomeDone"));
            home();
          }}
        />
      ) : null}
      {dialog === "differs" ? (
        <DiffersDialog
          onCancel={() => setDialog(undefined)}
          onSign={() => {
            setDialog(undefined);
            document.querySelector<HTMLElement>('[data-sign] [data-action="sign"]')?.click();
          }}
          onFinish={() => void finish(true)}
        />
      ) : null}
      <CardDialogs
        scheme={scheme}
        unlocking={unlocking}
        onUnlock={(path, why) => {
          const item = read(itemAt(scheme, path)?.item.label);
          change((now) => ({ ...now, provenance: typedByHand(now.provenance, path, now.channel === "paper"), reason: withReason(now.reason ?? "", say("unlockSample", { item, why })) }));
          setUnlocking(undefined);
          setMode("all");
          requestAnimationFrame(() => focusItem(path));
        }}
        stranger={stranger}
        onAgentCard={(card) => {
          const flag = agentPath(scheme);
          if (flag === undefined) return;
          const [group = ""] = flag.split(".");
          for (const [path, value] of [[flag, true], [`${group}.agent_name`, card.name], [`${group}.agent_id_number`, card.idNumber]] as const) dispatch({ kind: "answer", path, value });
          change((now) => ({ ...now, provenance: { ...now.provenance, [`${group}.agent_name`]: "card", [`${group}.agent_id_number`]: "card" } }));
          setStranger(undefined);
        }}
        hasAgent={agentPath(scheme) !== undefined}
        onClose={() => {
          setUnlocking(undefined);
          setStranger(undefined);
        }}
      />
    </CaptureDeskProvider>
  );
}
