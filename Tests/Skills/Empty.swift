// SkillsTests · not built yet
