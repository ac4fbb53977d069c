// Contracts · pure · sees nothing

extension ErrorCode {
    /// Planning, personas, experiments and knowledge.
    static let thought: [Entry] = [
        Entry(
            .planGeneration, 500, retryable, .module(.planner), "planning did not come to an end",
            "it is tried again; a message that stays is worth a report"),
        Entry(
            .personaTooDeep, 422, lasting, .module(.persona), "the persona inherits through too many others",
            "let it inherit from one nearer to the root"),
        Entry(
            .personaUnknown, 404, lasting, .module(.persona), "there is no such version of the persona",
            "choose one of the versions that exist"),
        Entry(
            .planValidation, 422, lasting, .module(.planner), "the plan contradicts itself",
            "report the story that causes it"),
        Entry(
            .canonMissing, 409, lasting, .module(.planner), "the entities have no canonical form yet",
            "let the entities be made canonical first"),
        Entry(
            .matchesMissing, 409, lasting, .module(.planner), "the assets are not matched yet",
            "let the assets be matched first"),
        Entry(
            .promptShotsMissing, 422, lasting, .module(.planner), "the shot plan given for prompts has no shots",
            "plan the shots first"),
        Entry(
            .renderPlansMissing, 422, lasting, .module(.planner), "the render plan holds no shot",
            "plan the rendering again"),
        Entry(
            .parentShotMissing, 422, lasting, .module(.planner), "a part of a shot names a shot that is not there",
            "plan the rendering again"),
        Entry(
            .personaRefUnknown, 422, lasting, .module(.planner), "the active persona is not among the known ones",
            "choose a persona that is bound, or bind this one"),
        Entry(
            .renderShotsMissing, 422, lasting, .module(.planner), "there are no shots to plan the rendering of",
            "plan the shots first"),
        Entry(
            .timelineProvisional, 409, lasting, .module(.planner), "the timeline is only provisional",
            "let the voices be spoken first"),
        Entry(.shotUnnamed, 422, lasting, .module(.planner), "a shot has no name", "report the story that causes it"),
        Entry(
            .shotTwice, 422, lasting, .module(.planner), "two shots have the same name",
            "report the story that causes it"),
        Entry(
            .manifestsMissing, 422, lasting, .module(.planner), "the persona has no runtime manifests",
            "index the personas first"),
        Entry(
            .experimentInvalid, 422, lasting, .module(.evolution), "the experiment is not well formed",
            "give one control and one to ten variants"),
        Entry(
            .renderPlanMissing, 409, lasting, .module(.planner), "the rendering is not planned yet",
            "let the rendering be planned first"),
        Entry(
            .backendUnknown, 422, lasting, .module(.planner), "no engine of this name is known",
            "choose one of the known engines"),
        Entry(
            .entityRefInvalid, 422, lasting, .module(.planner), "a shot names an entity that is not there",
            "report the story that causes it"),
        Entry(
            .assetRefInvalid, 422, lasting, .module(.planner), "a shot names an asset that is not there",
            "add the asset, or match again"),
        Entry(
            .shotEmpty, 422, lasting, .module(.planner), "a shot says neither what is seen nor what is meant",
            "give it a prompt or an intent"),
        Entry(
            .parseNoShots, 422, lasting, .module(.planner), "the plan to compile has no shots", "plan the shots first"),
        Entry(
            .parseFailed, 422, lasting, .module(.planner), "the plan to compile cannot be read", "plan the shots again"),
        Entry(
            .parseNoValidShots, 422, lasting, .module(.planner), "no shot of the plan can be used",
            "mend what the warnings name"),
        Entry(
            .loraMissing, 422, lasting, .module(.planner), "a style model that a shot names is not there",
            "install it, or drop the reference"),
        Entry(
            .embeddingMissing, 422, lasting, .module(.planner), "an embedding that a shot names is not there",
            "install it, or drop the reference"),
        Entry(
            .anchorMissing, 422, lasting, .module(.planner), "an anchor in time that a shot names is not there",
            "assemble the timeline again"),
        Entry(
            .anchorMismatch, 422, lasting, .module(.planner), "an anchor in time belongs to another shot",
            "assemble the timeline again"),
        Entry(
            .timingOverlap, 422, lasting, .module(.planner), "two stretches of time overlap",
            "assemble the timeline again"),
        Entry(
            .upstreamFailed, 409, retryable, .module(.planner), "what the plan rests on failed",
            "mend that first, then try again"),
        Entry(
            .continuityDoubtful, 200, lasting, .module(.planner), "a warning: somebody's look should be reviewed",
            "compare the shots that the warning names"),
        Entry(
            .manyMicroshots, 200, lasting, .module(.planner), "a warning: a shot was cut into more than six parts",
            "a longer shot, or fewer beats in it"),
        Entry(
            .stillFallback, 200, lasting, .module(.planner), "a warning: a shot is shown as a still picture",
            "a larger budget, or a simpler shot"),
        Entry(
            .promptTrimmed, 200, lasting, .module(.planner), "a warning: part of a prompt was cut to fit",
            "a shorter description"),
        Entry(.budgetNoShots, 422, lasting, .module(.planner), "there are no shots to budget", "plan the shots first"),
        Entry(
            .budgetExceeded, 422, lasting, .module(.planner), "the film costs more than it may",
            "raise the budget, or lower the quality"),
        Entry(
            .budgetNoBackend, 503, retryable, .module(.planner), "no engine can do the work that is budgeted",
            "`./ainer doctor` says which engines answer"),
        Entry(
            .budgetUnknown, 500, retryable, .module(.planner), "the cost cannot be estimated",
            "it is tried again; a message that stays is worth a report"),
        Entry(
            .embeddingFailed, 502, retryable, .module(.assetKnowledge), "knowledge could not be turned into vectors",
            "it is tried again; check the embedding model"),
        Entry(
            .knowledgeAction, 422, lasting, .module(.assetKnowledge), "this cannot be done to a knowledge base",
            "use one of the actions that the message lists"),
        Entry(
            .knowledgeVersion, 404, lasting, .module(.assetKnowledge), "there is no such version to go back to",
            "choose one of the versions that exist"),
        Entry(
            .knowledgeQuery, 422, lasting, .module(.assetKnowledge), "a search has no question", "say what to look for"),
        Entry(.knowledgeUnnamed, 422, lasting, .module(.assetKnowledge), "no knowledge base is named", "name one"),
        Entry(
            .knowledgeEmpty, 422, lasting, .module(.assetKnowledge), "the knowledge base is empty",
            "add something to it"),
        Entry(
            .knowledgeInactive, 422, lasting, .module(.assetKnowledge), "nothing in the knowledge base is active",
            "review and activate something in it"),
        Entry(
            .knowledgeSkipped, 200, lasting, .module(.assetKnowledge), "a warning: outdated knowledge was left out",
            "replace it, if it is missed"),
        Entry(
            .knowledgeRegressed, 200, lasting, .module(.assetKnowledge),
            "a warning: the new index answers worse than the last", "go back to the last version"),
        Entry(
            .knowledgeDeduplicated, 200, lasting, .module(.assetKnowledge),
            "for information: repeated knowledge was merged", "nothing"),
    ]
}
