// Contracts · pure · sees nothing

/// The vocabularies of version 1. A minor version may add words; none is ever taken away.
package enum ShotWords {
    package static let all = [
        intents, criticality, aspects, settings, views, times, weather, moods, framings, angles, movements, eases,
        poses, expressions, gazes, facings, states, entrances, mouths, crowds, props, propStates, effects, lineKinds,
        transitions, packs, fallbacks, garments, hair, extras, builds, ages, bodies, anchors,
    ]

    package static let intents = WordList(
        "intents", "establish show dialogue reaction reveal action emotion transition title credits")
    package static let criticality = WordList("criticality", "critical important normal background")
    package static let aspects = WordList("aspects", "16:9 9:16 1:1")
    package static let views = WordList("views", "front reverse side high")
    package static let times = WordList("times", "dawn morning day afternoon sunset dusk night")
    package static let weather = WordList(
        "weather",
        [
            WordClass("still", "clear fog overcast", typical: "overcast", lexicon: "gloom smog"),
            WordClass("wet", "rain storm", typical: "rain", lexicon: "sleet hail monsoon downpour typhoon hurricane"),
            WordClass("cold", "snow", typical: "snow", lexicon: "frost ice avalanche"),
            WordClass(
                "moving_air", "wind sandstorm leaves blossom embers", typical: "wind", lexicon: "dust ash petals"),
        ])
    package static let moods = WordList(
        "moods", "joyful tender calm neutral sad tense afraid angry mysterious epic")
    package static let framings = WordList(
        "framings", "extreme_wide establishing wide medium close_up extreme_close_up insert over_shoulder pov")
    package static let angles = WordList("angles", "eye low high top dutch")
    package static let movements = WordList(
        "movements",
        "static pan_left pan_right tilt_up tilt_down zoom_in zoom_out push_in pull_out tracking handheld whip")
    package static let eases = WordList("eases", "linear in out in_out")
    /// Beside these, a gaze may name a person or a thing of the shot.
    package static let gazes = WordList("gazes", "forward up down back away camera closed")
    package static let facings = WordList("facings", "left right front away")
    package static let states = WordList(
        "states", "wet wounded dirty asleep dead ghost silhouette blushing crying bound")
    package static let entrances = WordList("entrances", "left right door fade")
    package static let mouths = WordList("mouths", "rest mbp fv tongue teeth half open spread round")
    package static let crowds = WordList(
        "crowds",
        [
            WordClass("people", "villagers soldiers children passers", typical: "passers"),
            WordClass("animals", "birds sheep"),
        ])
    package static let propStates = WordList("prop_states", "open closed lit unlit broken full empty")
    package static let effects = WordList(
        "effects",
        "lightning explosion dust splash sparks smoke petals confetti impact magic tears_rain")
    package static let lineKinds = WordList("line_kinds", "speech thought narration")
    package static let transitions = WordList("transitions", "cut dissolve fade wipe")
    package static let packs = WordList("packs", "flat_vector paper_cutout ink_wash")
    package static let fallbacks = WordList("fallbacks", "landscape portrait two_shot object text_card")
    package static let anchors = WordList("anchors", "hit peak stress")

    package static let garments = WordList(
        "garments",
        [
            WordClass("over", "coat uniform armour cloak suit", typical: "coat", lexicon: "cape poncho parka mail"),
            WordClass("plain", "shirt rags swimwear", typical: "shirt", lexicon: "jersey overalls pyjamas hoodie"),
            WordClass("skirted", "dress apron_dress", typical: "dress", lexicon: "sari petticoat ballgown"),
            WordClass(
                "long", "robe changshan kimono hanfu", typical: "robe", lexicon: "cassock habit kaftan djellaba"),
        ])
    package static let hair = WordList(
        "hair", "short long bob bun ponytail braids topknot curly bald")
    package static let extras = WordList(
        "extras",
        [
            WordClass("head", "cap straw_hat headscarf crown helmet hood"),
            WordClass("face", "beard long_beard moustache glasses eyepatch earrings bandage"),
            WordClass("body", "scarf apron belt cuffs barefoot cane bag wings"),
        ])
    package static let builds = WordList("builds", "slim medium stout tall broad")
    package static let ages = WordList("ages", "child young adult old")
    /// Of who is no person.
    package static let bodies = WordList("bodies", "quadruped bird fish snake insect robot blob giant")
}
