"""Voices, music and effects from Debian's packages, as 8 kHz samples, and the truth about where in a prompt there is talk.

DEVELOPMENT voices may be trained and tuned on; TEST voices never are. Decoded material is kept in a cache folder.
"""
import glob, hashlib, os, pathlib, subprocess
from concurrent.futures import ThreadPoolExecutor
import numpy as np

RATE = 8000
FRAME = 80  # of the truth: 10 ms
SOUNDS = "/usr/share/asterisk/sounds"

PACKAGES = """asterisk-core-sounds-en-wav asterisk-core-sounds-es-wav asterisk-prompt-fr-armelle asterisk-prompt-es-co
asterisk-core-sounds-fr-wav asterisk-core-sounds-it-wav asterisk-core-sounds-ru-wav asterisk-moh-opsound-wav
klettres-data ktuberling-data frozen-bubble-data extremetuxracer-data opencity-data asc-music warzone2100-music
lincity-ng-data xmoto-data hedgewars-data fillets-ng-data fillets-ng-data-nl fillets-ng-data-cs fluid-soundfont-gm fluidsynth
hydrogen-drumkits sonic-pi-samples openttd-opensfx oxygen-sounds sound-theme-freedesktop wesnoth-1.16-music wesnoth-1.16-data colobot-common-sounds
planetblupi-music-ogg trackballs-data widelands-data scorched3d-data powermanga-data bzflag-data chromium-bsu-data lbreakout2-data
mirrormagic-data minetest-data lmms-common timgm6mb-soundfont supertux-data singularity-music sox ffmpeg libsox-fmt-all python3-numpy python3-torch""".split()

# One speaker reads en and es. Armelle's and the Colombian prompts share folders: .gsm in fr and es.
DEVELOPMENT = {
    "en_US": f"{SOUNDS}/en_US_f_Allison/**/*.wav", "es_MX": f"{SOUNDS}/es_MX_f_Allison/**/*.wav",
    "fr_FR": "asterisk-prompt-fr-armelle",
}
TEST = {
    "fr_CA": f"{SOUNDS}/fr_CA_f_June/**/*.wav", "it_IT": f"{SOUNDS}/it_IT_m_Carlo/**/*.wav",
    "ru_RU": f"{SOUNDS}/ru_RU_f_IvrvoiceRU/**/*.wav",
}
# More voices to train on, of people who say letters, syllables and names. No Italian, Russian or French among them.
MORE = ["asterisk-prompt-es-co"] + [f"/usr/share/klettres/{code}/**/*.ogg" for code in
        "cs da de en en_GB es lt nb nds nl pt_BR tn uk".split()] + [
        f"/usr/share/ktuberling/sounds/{code}/**/*.*" for code in
        "ca da de el en es fi ga gl lt nds nl pt ro sl sr sv uk wa".split()]
# Actors in games.
GAMES = "/usr/share/games"
FISH, HOGS = f"{GAMES}/fillets-ng", f"{GAMES}/hedgewars/Data"
ACTORS = [f"{FISH}/sound/**/nl/*.ogg"] + [f"{HOGS}/Sounds/voices/{name}/*.ogg" for name in
          "British Classic Default Default_es Default_pl Default_uk HillBilly Mobster Pirate Surfer".split()]

MUSIC = "/usr/share/asterisk/moh"
DEVELOPMENT_MUSIC = [f"{MUSIC}/macroform-*.wav"]
TEST_MUSIC = [f"{MUSIC}/manolo_camp-*.wav", f"{MUSIC}/reno_project-*.wav"]
MORE_MUSIC = [f"{GAMES}/etr/music/*", f"{GAMES}/opencity/sound/*", f"{GAMES}/asc/music/*",
              f"{GAMES}/frozen-bubble/snd/*zik*"]
WAR = f"{GAMES}/warzone2100/music/albums"
MORE_MUSIC += [f"{WAR}/*/*", f"{GAMES}/lincity-ng/music/default/*", f"{GAMES}/xmoto/Textures/Musics/*", f"{HOGS}/Music/*"]
EFFECTS = [f"{GAMES}/etr/sounds/*", f"{GAMES}/frozen-bubble/snd/[dlmr]*.ogg", "/usr/share/sounds/*.ogg",
           "/usr/share/sounds/freedesktop/stereo/*", f"{GAMES}/openttd/baseset/opensfx/opensfx.cat",
           f"{HOGS}/Sounds/*.ogg", "/usr/share/hydrogen/data/drumkits/*/*.*"]
# Only in wide mixes; of Wesnoth's and Widelands' sounds those that have no voices.
WIDE_MUSIC = [f"{GAMES}/wesnoth/1.16/data/core/music/*", f"{GAMES}/colobot/music/*", "/usr/share/planetblupi/music/*",
              f"{GAMES}/trackballs/music/*", f"{GAMES}/widelands/data/music/*", f"{GAMES}/scorched3d/**/music/*"]
WIDE_EFFECTS = [f"{GAMES}/{name}" for name in
                "colobot/sounds/* trackballs/sfx/* powermanga/sounds/* bzflag/* chromium-bsu/wav/* lbreakout2/sounds/* "
                "mirrormagic/sounds/*/* minetest/**/sounds/* scorched3d/**/wav/*/* widelands/data/sound/[a-lsw]*/*".split()]
WIDE_EFFECTS += [f"{GAMES}/wesnoth/1.16/data/core/sounds/{name}" for name in
                 "ambient/* horn-signals/* [abc]* d[ar]* [ef]* gry* h[aieo]* m[ai]* s[lpqtw]* th* wo*".split()]
WIDE_EFFECTS += ["/usr/share/lmms/samples/**/*"]
# To compare models: voices and backgrounds that are not trained on.
VALIDATION = [f"{FISH}/sound/**/cs/*.ogg"]
VALIDATION_BACKGROUNDS = {"tunes": [f"{FISH}/music/*"], "samples": ["/usr/share/sonic-pi/samples/*"],
                          "effects": [f"{FISH}/sound/share/*"], "penguins": [f"{GAMES}/supertux2/music/**/*"],
                          "ambient": [f"{GAMES}/singularity/music/**/*"], "arcade": [f"{GAMES}/supertux2/sounds/*"]}
AUDIO = (".wav", ".ogg", ".oga", ".opus", ".gsm", ".mp3", ".flac")


def files(pattern):
    """The audio files of a glob pattern or of a package."""
    if "/" in pattern:
        names = glob.glob(pattern, recursive=True)
    else:
        names = subprocess.run(["dpkg", "-L", pattern], capture_output=True, text=True, check=True).stdout.split("\n")
    names = sorted(name for name in names if name.endswith(AUDIO + (".cat",)) and "/silence/" not in name
                   and os.path.isfile(name) and os.path.getsize(name) > 0)
    if not names:
        raise SystemExit(f"nothing under {pattern}: apt-get install {' '.join(PACKAGES)}")
    return names


def decode(name):
    """A file's samples as floats of the 16-bit range, at most two minutes."""
    if name.endswith(".cat"):
        return np.concatenate(list(riffs(name)))
    command = ["sox", "-V0", "-G", name, "-t", "raw", "-e", "signed", "-b", "16", "-r", str(RATE), "-c", "1", "-",
               "trim", "0", "120"]
    if name.endswith(".opus"):
        command = f"ffmpeg -v error -t 120 -i {name} -f s16le -ar {RATE} -ac 1 -".split()
    return np.frombuffer(subprocess.run(command, capture_output=True).stdout, "<i2").astype(np.float32)


def riffs(name):
    """The WAV files in OpenTTD's container, 1.5 s of each."""
    data, at = pathlib.Path(name).read_bytes(), 0
    while (at := data.find(b"RIFF", at)) >= 0:
        size = 8 + int.from_bytes(data[at + 4:at + 8], "little")
        command = ["sox", "-V0", "-G", "-t", "wav", "-", "-t", "raw", "-e", "signed", "-b", "16", "-r", str(RATE), "-c",
                   "1", "-", "trim", "0", "1.5"]
        yield np.frombuffer(subprocess.run(command, input=data[at:at + size], capture_output=True).stdout,
                            "<i2").astype(np.float32)
        at += 4


def load(patterns, cache):
    """The samples of all files of some patterns, from the cache if they are there."""
    patterns = [patterns] if isinstance(patterns, str) else list(patterns)
    key = hashlib.sha1("\n".join(patterns).encode()).hexdigest()[:12]
    path = pathlib.Path(cache) / f"{key}.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        names = [name for pattern in patterns for name in files(pattern)]
        with ThreadPoolExecutor(2) as pool:
            sounds = [sound for sound in pool.map(decode, names) if len(sound) > 800]
        np.savez(path, samples=np.concatenate(sounds).astype(np.int16), lengths=[len(sound) for sound in sounds])
    stored = np.load(path)
    return np.split(stored["samples"].astype(np.float32), np.cumsum(stored["lengths"])[:-1])


def activity(sound):
    """Where in a clean prompt there is talk, for each 10 ms, by its own level.

    Talk begins where the level comes within 30 dB of the prompt's loud frames (their 95th percentile) and ends where it
    falls 36 dB below; pauses up to 100 ms (closures of plosives) are talk, and talk shorter than 30 ms is none.
    """
    count = len(sound) // FRAME
    power = (sound[:count * FRAME].reshape(count, FRAME) ** 2).mean(1)
    level = 10 * np.log10(power + 1e-3)
    loud = np.percentile(level, 95)
    talk, state = np.zeros(count, bool), False
    for index, value in enumerate(level):
        state = value > loud - (36 if state else 30)
        talk[index] = state
    return without_runs(without_runs(talk, False, 10), True, 2)


def without_runs(flags, value, longest):
    """Flags whose inner runs of a value no longer than `longest` are inverted."""
    flags = flags.copy()
    edges = np.flatnonzero(np.diff(flags.astype(np.int8))) + 1
    for begin, end in zip(edges[:-1], edges[1:]):
        if flags[begin] == value and end - begin <= longest:
            flags[begin:end] = not value
    return flags


class Phrase:
    """A stretch of talk of one speaker without a pause of 300 ms: its samples and its truth, from onset to end."""

    def __init__(self, sound, talk):
        self.sound, self.talk = sound, talk

    @property
    def seconds(self):
        return len(self.talk) / 100


def cut(phrase, seconds):
    """The beginning of a phrase, no longer than so many seconds."""
    count = int(seconds * 100)
    return Phrase(phrase.sound[:count * FRAME], phrase.talk[:count])


def phrases(sound):
    """The phrases of a prompt, scaled so that their talk has a power of 1."""
    talk = activity(sound)
    joined = without_runs(talk, False, 29)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined.astype(np.int8), [0]])))
    for begin, end in zip(edges[::2], edges[1::2]):
        part, truth = sound[begin * FRAME:end * FRAME], talk[begin:end]
        power = (part.reshape(-1, FRAME)[truth] ** 2).mean()
        if end - begin >= 8 and power > 100:
            yield Phrase(part / np.sqrt(power), truth)


def is_clean(sound):
    """Whether the pauses of a recording lie 40 dB below its talk, so that its truth can be believed."""
    count = len(sound) // FRAME
    level = 10 * np.log10((sound[:count * FRAME].reshape(count, FRAME) ** 2).mean(1) + 1e-3)
    return np.percentile(level, 95) - np.percentile(level, 4) > 40


def voices(patterns, cache, is_chosen=lambda sound: True):
    """Phrases of each voice: a list for each pattern."""
    return [[phrase for sound in load(pattern, cache) if is_chosen(sound) for phrase in phrases(sound)] for pattern in patterns]
