// Contracts · pure · sees nothing
// A misspelt upcoming feature is ignored without a word. Here it stops the build instead.
#if !hasFeature(ExistentialAny)
#error("ExistentialAny is off: look for a misspelling in Package.swift")
#endif
#if !hasFeature(InternalImportsByDefault)
#error("InternalImportsByDefault is off: look for a misspelling in Package.swift")
#endif
#if !hasFeature(MemberImportVisibility)
#error("MemberImportVisibility is off: look for a misspelling in Package.swift")
#endif
#if !hasFeature(NonisolatedNonsendingByDefault)
#error("NonisolatedNonsendingByDefault is off: look for a misspelling in Package.swift")
#endif
