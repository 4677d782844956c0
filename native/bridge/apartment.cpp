#include "apartment.h"

#include <combaseapi.h>

#include "lock.h"

namespace mfvcam::apartment {

namespace {

struct Errand {
    HRESULT (*work)(void*) noexcept;
    void* context;
    HRESULT result = E_UNEXPECTED;
    bool done = false;
    SRWLOCK lock = SRWLOCK_INIT;
    CONDITION_VARIABLE finished = CONDITION_VARIABLE_INIT;
};

void CALLBACK run_errand(PTP_CALLBACK_INSTANCE instance, void* context) {
    CallbackMayRunLong(instance);
    auto& errand = *static_cast<Errand*>(context);
    const HRESULT result = errand.work(errand.context);
    AcquireSRWLockExclusive(&errand.lock);
    errand.result = result;
    errand.done = true;
    // Inside the lock: once it is released the errand may be gone.
    WakeConditionVariable(&errand.finished);
    ReleaseSRWLockExclusive(&errand.lock);
}

struct LaterWork {
    void (*work)(void*) noexcept;
    void* context;
};

void CALLBACK run_later_work(PTP_CALLBACK_INSTANCE instance, void* context) {
    CallbackMayRunLong(instance);
    const std::unique_ptr<LaterWork> later(static_cast<LaterWork*>(context));
    later->work(later->context);
}

}  // namespace

bool caller_is_single_threaded() noexcept {
    APTTYPE type = APTTYPE_MTA;
    APTTYPEQUALIFIER qualifier = APTTYPEQUALIFIER_NONE;
    if (FAILED(CoGetApartmentType(&type, &qualifier))) {
        return false;
    }
    return type == APTTYPE_STA || type == APTTYPE_MAINSTA ||
           (type == APTTYPE_NA && (qualifier == APTTYPEQUALIFIER_NA_ON_STA ||
                                   qualifier == APTTYPEQUALIFIER_NA_ON_MAINSTA));
}

HRESULT run_elsewhere(HRESULT (*work)(void*) noexcept, void* context) noexcept {
    Errand errand{work, context};
    if (TrySubmitThreadpoolCallback(run_errand, &errand, nullptr) == FALSE) {
        return hresult_from_last_error();
    }
    AcquireSRWLockExclusive(&errand.lock);
    while (!errand.done) {
        SleepConditionVariableSRW(&errand.finished, &errand.lock, INFINITE, 0);
    }
    ReleaseSRWLockExclusive(&errand.lock);
    return errand.result;
}

HRESULT run_later(void (*work)(void*) noexcept, void* context) noexcept {
    auto* later = new (std::nothrow) LaterWork{work, context};
    if (later == nullptr) {
        return E_OUTOFMEMORY;
    }
    if (TrySubmitThreadpoolCallback(run_later_work, later, nullptr) == FALSE) {
        delete later;
        return hresult_from_last_error();
    }
    return S_OK;
}

}  // namespace mfvcam::apartment
