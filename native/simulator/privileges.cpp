#include "privileges.h"

#include <windows.h>

#include "switches.h"

namespace mfvcam::simulator {

bool is_administrator() noexcept {
    const LONG answer = switches::code(switches::Switch::kAdministrator);
    if (answer != switches::kAsTheProcess) {
        return answer == switches::kAlways;
    }
    SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
    PSID administrators = nullptr;
    if (AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                 DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0,
                                 &administrators) == FALSE) {
        return false;
    }
    BOOL member = FALSE;
    if (CheckTokenMembership(nullptr, administrators, &member) == FALSE) {
        member = FALSE;
    }
    FreeSid(administrators);
    return member != FALSE;
}

}  // namespace mfvcam::simulator
