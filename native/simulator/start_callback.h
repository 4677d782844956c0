// One registration of a Start callback: tells it events in order, one at a time, from Media
// Foundation's work-queue threads.
#pragma once

#include <windows.h>

#include <mfapi.h>
#include <mfobjects.h>

#include <deque>

#include "com_object.h"
#include "com_ptr.h"
#include "lock.h"

namespace mfvcam::simulator {

// The work item that empties the list of pending events.
class StartCallback final : public ComObject<StartCallback, IMFAsyncCallback> {
 public:
    // owner: the camera object that registered it, only ever compared.
    StartCallback(const void* owner, IMFAsyncCallback* callback) noexcept
        : owner_(owner), callback_(callback) {}

    [[nodiscard]] const void* owner() const noexcept { return owner_; }
    void post(IMFMediaEvent* event) noexcept;
    // No new call of the callback begins after this; one may be running.
    void cancel() noexcept;

    void* find_interface(REFIID iid) noexcept;
    STDMETHODIMP GetParameters(DWORD* flags, DWORD* queue) override;
    STDMETHODIMP Invoke(IMFAsyncResult* result) override;

 private:
    bool next(ComPtr<IMFMediaEvent>& event) noexcept;

    const void* const owner_;
    const ComPtr<IMFAsyncCallback> callback_;
    Lock lock_;
    bool cancelled_ = false;
    bool scheduled_ = false;
    std::deque<ComPtr<IMFMediaEvent>> pending_;
};

}  // namespace mfvcam::simulator
