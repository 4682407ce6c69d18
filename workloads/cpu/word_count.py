"""Count the words on `size` pages of text: split, strip and a dict of counts."""

SHARING = "none"
SIZES = {"small": 120, "quick": 1_900, "full": 15_200}
EXPECT = {
    "small": "25877 words, 146 different: the 4669, and 1058, of 922, a 628",
    "quick": "410703 words, 146 different: the 74824, and 16623, of 14913, a 9965",
    "full": "3285144 words, 146 different: the 598447, and 132966, of 119590, a 79859",
}

SENTENCES = [
    "The harbour master counted the ships again, for the fog had hidden two of them.",
    "Nobody in the village remembered when the old bridge was built, or by whom.",
    "She wrote the letter twice: once in anger, and once in the quiet of the morning.",
    "A clock without hands is still a clock, said the watchmaker, but a poor one.",
    "In the spring the river rises, and the ferry waits on the other side.",
    "They carried the piano up the stairs; it took the whole afternoon and most of the rope.",
    "If the lamp goes out, wait, and the keeper will come with a light of his own.",
    "The market closed early, so the baker gave the last of the bread to the children.",
    "Is there anything as patient as a stone, or as busy as the sea?",
    "He had learned the names of all the stars, but not those of his neighbours.",
    "Rain fell on the roofs, on the road, on the empty carts, and on the dog.",
    "The map was wrong, and yet it led them to the place they had been looking for.",
    "Every winter the wolves came down to the edge of the wood, and looked, and went.",
    "Of the three brothers, the second could sing, and the others could listen!",
    "The teacher drew a circle on the board and asked the class where it began.",
    "When the train had gone the station was so still that one could hear the wires hum.",
]
SENTENCES_PER_PAGE = 14


def make_page(number):
    """Sentences picked by a linear congruential generator seeded with the page's number."""
    seed = number * 2_654_435 + 12_345
    sentences = []
    for _ in range(SENTENCES_PER_PAGE):
        seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
        sentences.append(SENTENCES[(seed >> 16) % len(SENTENCES)])
    return " ".join(sentences)


def work(state, size, worker, workers):
    counts = {}
    for number in range(worker, size, workers):
        for token in make_page(number).lower().split():
            word = token.strip(".,;:!?")
            counts[word] = counts.get(word, 0) + 1
    return counts


def combine(parts):
    totals = {}
    for counts in parts:
        for word, count in counts.items():
            totals[word] = totals.get(word, 0) + count
    ranking = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    top = ", ".join([f"{word} {count}" for word, count in ranking[:4]])
    return f"{sum(totals.values())} words, {len(totals)} different: {top}"
