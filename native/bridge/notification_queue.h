// Where watches leave what they have to tell, until the program takes it.
#pragma once

#include <windows.h>

#include <list>

#include "lock.h"
#include "mfvcam.h"
#include "object.h"

namespace mfvcam {

class Watch;

struct Notification {
    Watch* watch;
    mfvcam_notification content;
};

// A list, so that a watch can make its nodes beforehand: telling then never fails.
using Notifications = std::list<Notification>;

class NotificationQueue final : public Object {
 public:
    static constexpr Kind object_kind = Kind::queue;

    static HRESULT create(mfvcam_handle* handle);

    HRESULT take(UINT32 timeout, HANDLE cancel, mfvcam_notification* notifications, UINT32 capacity,
                 UINT32* count) noexcept;

    // Moves the first node of from to the end of the queue. False, and nothing moved, if the queue
    // was released: nobody will take it.
    [[nodiscard]] bool push(Notifications& from) noexcept;
    // Drops what a watch has in the queue.
    void drop(const Watch& watch) noexcept;

 private:
    NotificationQueue();
    ~NotificationQueue() override;
    void on_close() noexcept override;
    void finish() noexcept override;

    bool take_one(mfvcam_notification& notification) noexcept;
    // Drops what watch has in the queue; all there is, if it is null. With lock_ held.
    void drop_pending(const Watch* watch) noexcept;

    OwnedHandle available_;  // manual reset: set while there is something
    OwnedHandle ended_;      // manual reset
    Lock lock_;
    Notifications pending_;  // lock_
    bool closed_ = false;    // lock_
};

}  // namespace mfvcam
