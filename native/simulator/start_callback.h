// One registration of a Start callback: tells it events in order, one at a time, from Media
// Foundation's work-queue threads.
#pragma once

#include <windows.h>

#include <mfapi.h>
#include <mfobjects.h>

#include <deque>
#include <vector>

#include "com_object.h"
#include "com_ptr.h"
#include "host.h"
#include "lock.h"

namespace mfvcam::simulator {

// The work item that empties the list of pending events.
class StartCallback final : public ComObject<StartCallback, IMFAsyncCallback> {
 public:
    explicit StartCallback(IMFAsyncCallback* callback) noexcept : callback_(callback) {}

    void post(IMFMediaEvent* event) noexcept;
    // No new call of the callback begins after this; one may be running.
    void cancel() noexcept;

    void* find_interface(REFIID iid) noexcept;
    STDMETHODIMP GetParameters(DWORD* flags, DWORD* queue) override;
    STDMETHODIMP Invoke(IMFAsyncResult* result) override;

 private:
    bool next(ComPtr<IMFMediaEvent>& event) noexcept;

    const ComPtr<IMFAsyncCallback> callback_;
    Lock lock_;
    bool cancelled_ = false;
    bool scheduled_ = false;
    std::deque<ComPtr<IMFMediaEvent>> pending_;
};

// Those of one camera object.
class StartCallbacks final : public CameraListener {
 public:
    void add(ComPtr<StartCallback> callback);
    // No new call of any begins after this.
    void cancel() noexcept;

    void on_event(const EventData& event) noexcept override;
    // The last word has been posted.
    void on_removed() noexcept override { take(); }

 private:
    std::vector<ComPtr<StartCallback>> take() noexcept;

    Lock lock_;
    std::vector<ComPtr<StartCallback>> callbacks_;
};

}  // namespace mfvcam::simulator
