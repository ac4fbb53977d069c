// Contracts · pure · sees nothing

extension ShotWords {
    /// By the class of their verb: the first word of a class stands for a verb of it that nobody knows.
    package static let poses = WordList(
        "poses",
        [
            WordClass("standing", "stand lean back_turned", typical: "stand", lexicon: "pause linger loiter queue"),
            WordClass(
                "moving", "walk run climb ride dance", typical: "walk",
                lexicon: """
                    wander trudge tiptoe hop skip crawl limp stagger stride wade hike gallop sprint jog dash cross travel
                    """.oneLine),
            WordClass(
                "violent", "fight strike throw", typical: "fight",
                lexicon: "punch kick stab slash attack wrestle hit duel slap smash brawl beat"),
            WordClass(
                "speaking", "talk", typical: "talk",
                lexicon: "whisper answer reply mutter ask declare preach lecture quarrel gossip announce plead call"),
            WordClass("low", "sit sit_ground kneel pray dig", typical: "sit", lexicon: "perch lounge"),
            WordClass("lying", "lie sleep fall", typical: "lie", lexicon: "nap collapse slump drown sprawl"),
            WordClass(
                "handling", "reach hold carry give push pull knock read write eat drink cook play_instrument row",
                typical: "hold", lexicon: "sew paint wash clean mend build sweep pour stir knit type clutch grip"),
            WordClass("signing", "point wave salute bow cheer", typical: "wave", lexicon: "beckon clap signal gesture"),
            WordClass("close", "embrace hold_hands", typical: "embrace", lexicon: "cuddle snuggle comfort"),
            WordClass(
                "feeling", "arms_crossed think cower weep look_up", typical: "think",
                lexicon: "brood reflect meditate daydream"),
        ])

    /// By how pleasant and how stirred: valence, then arousal.
    package static let expressions = WordList(
        "expressions",
        [
            WordClass(
                "even", "neutral blank thoughtful determined", typical: "neutral", lexicon: "stern composed aloof"),
            WordClass(
                "pleasant_stirred", "happy laughing surprised smug", typical: "happy",
                lexicon: "elated thrilled delighted jubilant ecstatic gleeful amused enthusiastic merry radiant"),
            WordClass(
                "pleasant_quiet", "tender shy", typical: "tender",
                lexicon: "content grateful fond affectionate wistful hopeful blissful soothed"),
            WordClass(
                "unpleasant_stirred", "angry afraid disgusted pained", typical: "afraid",
                lexicon: "alarmed horrified panicked terrified distressed frantic desperate startled"),
            WordClass(
                "hostile", "", typical: "angry", lexicon: "enraged livid outraged hostile bitter irritated resentful"),
            WordClass(
                "unpleasant_quiet", "sad crying tired asleep", typical: "sad",
                lexicon: "gloomy miserable dejected heartbroken ashamed guilty bored hopeless mournful forlorn"),
        ])
}
