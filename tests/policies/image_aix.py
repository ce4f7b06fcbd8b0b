"""The rules of image-gate, each once as it passes and once as it fails, with the answers of images."""

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.shared_id import held_by
from rmccomply.facts.others import Other, Others
from rmccomply.sources.reading import Readings
from rmccomply.words import Image
from tests.hosts.building import file
from tests.hosts.image_files import PROFILE, aix, keyfile, of, rhel
from tests.policies.test_image_bundle import FAULTS, GOOD, UNSET, attribute, image

OTHER_ID = "5f3c09a1be27d846"


def _other(*node_id: Evidence) -> Others:
    return (Other("released", "released.rmcc", held_by(Facts(Readings(node_id)))),)


def _ids(value: str) -> list[Evidence]:
    return [file(path, f"{value}\n") for path in ("/etc/ct_node_id", "/var/ct/cfg/ct_node_id")]


NO_IPV6 = file(PROFILE, keyfile("disabled"))
KEPT = image(UNSET)
HELD = [item for item in KEPT if item.request.endswith("ct_node_id")]
ImageCase = tuple[str, str, list[Evidence], list[Evidence], Image, Others]
CASES: list[ImageCase] = [
    # platform, rule, evidence, answers that make it another case, where it was gathered, others
    ("aix", "RMC-IMG-001", image(GOOD), [], "running", None),
    ("aix", "RMC-IMG-001", FAULTS["nothing resets the node ID"][0], [], "running", None),
    ("aix", "RMC-IMG-002", of(aix(), *UNSET.evidence()), [], "mounted_root", None),
    ("aix", "RMC-IMG-002", FAULTS["nothing resets the node ID"][0], [], "running", None),
    ("aix", "RMC-IMG-003", image(GOOD), [], "running", None),
    ("aix", "RMC-IMG-003", FAULTS["a peer domain"][0], [], "running", None),
    ("linux", "RMC-IMG-004", rhel(), [], "mounted_root", None),
    ("linux", "RMC-IMG-004", of(rhel(), NO_IPV6), [NO_IPV6], "mounted_root", None),
    ("aix", "RMC-IMG-005", image(GOOD), [], "running", None),
    ("aix", "RMC-IMG-005", FAULTS["an instance of the build system"][0], [], "running", None),
    ("aix", "RMC-IMG-006", KEPT, [], "running", _other(*_ids(OTHER_ID))),
    ("aix", "RMC-IMG-006", KEPT, [], "running", _other(*HELD)),
    ("aix", "RMC-IMG-007", image(GOOD), [], "running", None),
    ("aix", "RMC-IMG-007", image(GOOD, attribute("ghostdev", "1")), [], "running", None),
]
