"""What people write and ask for in private, on the site itself."""

from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from wagtail.models import Collection, CollectionViewRestriction

from accounts.domain import invitations
from accounts.models import DataExport, DeletionRequest, RoleChange
from accounts.personal_data.archive import file_of
from accounts.personal_data.closing import digest_of
from home.models import ProblemReport
from mail.models import OutboxMail
from media.models import Document, Image, Recording
from tests.factories.pages import block_id
from tests.matrix.beside import keep_and_react
from tests.matrix.browsers import session_of
from tests.matrix.cards import write_cards
from tests.matrix.words import COMMON
from tests.media.conftest import film_bytes, picture_bytes
from training.domain import answers
from training.domain.answers import Writing
from training.domain.progress import finish_step
from training.models import Answer


def write_what_is_private(world):
    follow_the_training(world)
    invite_people(world)
    report_problems(world)
    ask_for_own_data(world)
    sign_in_on_devices(world)
    fill_the_outbox(world)
    upload(world)
    write_cards(world)
    keep_and_react(world)
    RoleChange.objects.create(person=world.daan, role="participant", given=True, by=world.petra)


def follow_the_training(world):
    """Samira's answer, draft, intention, and the words of another device that lost."""
    plant = world.words.plant
    finish_step(world.enrolment, world.module, world.module.step_keys[0])
    prompts = {prompt.block_type: prompt for prompt in world.exercise.prompt_list}
    boxes = {f"box-{block_id('box thuis')}": f"{COMMON} {plant('a draft answer', 'samira')}"}
    intention = {"when": f"ik {plant('an intention', 'samira')} zie", "then": "luister ik"}
    for save, kind, writing in (
        (answers.save_answer, "open", Writing({"text": f"{COMMON} {plant('an answer', 'samira')}"}, writer="a")),
        (answers.save_draft, "boxes", Writing(boxes, writer="a")),
        (answers.save_answer, "intention", Writing(intention, "2026-10-01", "a")),
    ):
        save(world.enrolment, world.exercise, prompts[kind], writing)
    lost = {"text": f"Elders {plant('an answer that lost from a newer one', 'samira')}"}
    Answer.objects.filter(kind="open").update(other_words=lost)


def invite_people(world):
    """One of Ilse, with the link that it brings, and one of Roel; an administrator looks after all invitations."""
    for name in ("ilse", "roel"):
        readers = f"{name} petra"
        address = world.words.plant(f"the address in an invitation of {name}", readers)
        invitation = invitations.invite(
            getattr(world, name),
            email=f"{address}@example.test",
            role="participant",
            name=world.words.plant(f"the name in an invitation of {name}", readers),
        )
        setattr(world, f"invitation_of_{name}", invitation)
    world.link = "de-link-van-de-uitnodiging"
    world.invitation_of_ilse.link_digest = invitations.digest_of(world.link)
    world.invitation_of_ilse.save()


def report_problems(world):
    now = timezone.now()

    def plant(place):
        return world.words.plant(f"{place} of samira", "samira ilse petra")

    world.report_of_samira = ProblemReport.objects.create(
        kind="hurts",
        words={"text": f"{COMMON} {plant('a problem report')}"},
        path=f"/verhalen/?zoek={plant('the page in a problem report')}",
        answer={"text": plant("the answer to a problem report")},
        reporter=world.samira,
        handled_by=world.ilse,
        state="handled",
        **dict.fromkeys(("created_at", "seen_at", "handled_at"), now),
    )
    word = world.words.plant("a problem report of daan", "daan ilse petra")
    world.report_of_daan = ProblemReport.objects.create(
        kind="wrong", words={"text": word}, reporter=world.daan, created_at=now
    )
    world.report_of_visitor = ProblemReport.objects.create(
        kind="worry",
        words={"text": world.words.plant("a problem report of a visitor", "petra")},
        contact={"name": world.words.plant("the name in a problem report of a visitor", "petra"), "way": "06 1"},
        created_at=now,
    )


def ask_for_own_data(world):
    """Samira's copy lies ready; Vera asked to be erased and has a link to undo it, that anybody may hold."""
    now = timezone.now()
    world.copy = DataExport.objects.create(
        person=world.samira, state="ready", ready_at=now, expires_at=now + timedelta(days=1), file_name="x.zip"
    )
    Path(settings.EXPORTS_DIR).mkdir(parents=True, exist_ok=True)
    file_of(world.copy).write_text(world.words.plant("a copy of samira's own data", "samira"))
    world.undo = "de-link-om-het-ongedaan-te-maken"
    world.deletion = DeletionRequest.objects.create(
        person=world.vera,
        person_uuid=world.vera.uuid,
        due_at=now + timedelta(days=7),
        undo_digest=digest_of(world.undo),
    )


def sign_in_on_devices(world):
    plant = world.words.plant
    second = f"{plant('a second address of samira', 'samira')}@example.test"
    world.second_address = EmailAddress.objects.create(user=world.samira, email=second)
    world.passkey = Authenticator.objects.create(
        user=world.samira,
        type="webauthn",
        data={"name": plant("the name of a passkey", "samira"), "passwordless": True, "credential": credential()},
    )
    device = plant("a device of samira", "")  # her own list says it in other words
    UserSession.objects.create(
        user=world.samira, ip="192.0.2.7", session_key=session_of(world.samira), user_agent=device
    )


def credential():
    """What a browser sends of a new passkey, as far as signing in with it asks for it later."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    attested = AttestedCredentialData.create(Aaguid.NONE, b"passkey", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"localhost"), flags, 0, attested)
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    response = {
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        "clientDataJSON": websafe_encode(client),
    }
    return {"id": websafe_encode(b"passkey"), "rawId": websafe_encode(b"passkey"), "type": "public-key"} | {
        "response": response,
        "clientExtensionResults": {},
    }


def fill_the_outbox(world):
    """Two that were refused: one to Samira, and one with an invitation of Roel. No screen shows a body to anybody."""
    shown = {part: f"{COMMON} {world.words.plant(f'the {part} of a mail', '')}" for part in ("subject", "text", "html")}
    world.mail_to_samira = refused_mail(1, to=world.samira.email, person=world.samira, words=shown)
    about = f"invited-by:{world.roel.uuid}"
    address = f"{world.words.plant('the address on a mail of roel', 'roel petra')}@example.test"
    world.mail_of_roel = refused_mail(2, to=address, about=about, words=shown)


def refused_mail(number, **fields):
    made = {"kind": "account-notice", "language": "nl", "state": "refused", "next_at": None, "reason": "Bestaat niet."}
    return OutboxMail.objects.create(key=f"matrix:{number}", message_id=f"<{number}@example.test>", **made, **fields)


def upload(world):
    """A picture, a document and a film in a collection for trainers; the administrator looks after all files."""
    root = Collection.get_first_root_node()
    # Who may choose from all files of the site learns the names of all collections; those of stories are numbers.
    name = world.words.plant("the name of a private collection", "petra marieke noor", in_cms=True)
    collection = root.add_child(name=f"Trainers {name}")
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    restriction.groups.set(world.marieke.groups.all())
    world.collection = collection

    def plant(place):
        return world.words.plant(place, "petra marieke", in_cms=True)

    def in_it(kind, name, content, **fields):
        title = f"{COMMON} {plant(f'the title of a private {kind}')}"
        return {"title": title, "collection": collection, "file": ContentFile(content, name=name)} | fields

    inside = world.words.plant("the inside of a private document", "marieke")
    spoken = plant("the words of a private film")
    seen = plant("what is to be seen on a private picture")
    credit = plant("a private credit")
    world.image = Image.objects.create(**in_it("picture", "a.jpg", picture_bytes(), alt=seen, credit=credit))
    world.document = Document.objects.create(**in_it("document", "a.pdf", f"%PDF-1.7 {inside}".encode()))
    world.recording = Recording.objects.create(
        **in_it("film", "a.mp4", film_bytes(500), type="video", duration=1, transcript=spoken)
    )
    world.open_image = Image.objects.create(
        title="De trap", file=ContentFile(picture_bytes(), name="b.jpg"), collection=root, alt="Een trap"
    )
